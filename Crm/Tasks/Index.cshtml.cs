using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>Tasks across projects, as the address says.</summary>
[Cacheable]
[Needs(Right.SeeLists)]
public sealed class IndexModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public TaskFilter Filter { get; set; } = new();

    public Page<TaskView> Tasks { get; private set; } = null!;

    public IReadOnlyList<Option> People { get; private set; } = [];

    /// <summary>Null when the list spans all projects.</summary>
    public string? ProjectName { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Filter.ProjectId is { } projectId)
        {
            ProjectName = await db.Projects.VisibleTo(user).Where(p => p.Id == projectId).Select(p => p.Name).FirstOrDefaultAsync(cancel);
            if (ProjectName is null)
            {
                return NotFound();
            }
        }

        var rows = await db.TasksMatching(Filter, user, clock.Today).InOrder(Filter.OrderValue)
            .Skip((Filter.Page - 1) * PageSize).Take(PageSize + 1)
            .AsRows().ToListAsync(cancel);
        Tasks = new Page<TaskView>(
            [.. rows.Take(PageSize).Select(r => new TaskView(r, Surface.Search, r.IsOpenToChange && user.IsTeam))], Filter.Page, PageSize, rows.Count > PageSize);
        People = user.IsTeam ? await db.People.Assignable().AsOptions(cancel) : [];
        return Page();
    }
}
