using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Projects;

/// <summary>The list of projects, as the address says.</summary>
[Cacheable]
[Needs(Right.SeeLists)]
public sealed class IndexModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    public const int PageSize = 25;

    /// <summary>Nobody reads on beyond this; a filter finds it sooner.</summary>
    private const int LastPage = 400;

    [BindProperty(SupportsGet = true)]
    public ProjectFilter Filter { get; set; } = new();

    public Page<ProjectRow> Projects { get; private set; } = null!;

    public IReadOnlyList<Option> Owners { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var number = Math.Clamp(Filter.PageNumber ?? 1, 1, LastPage);
        Projects = await db.Projects.VisibleTo(user).Matching(Filter, user).InOrder(Filter.Order).AsRows(user, clock.Today)
            .PageAsync(number, PageSize, cancel);
        if (user.IsTeam)
        {
            Owners = await db.People.Assignable(null).AsOptions(cancel);
        }

        return Page();
    }
}
