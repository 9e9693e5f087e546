using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>Everybody who is known here.</summary>
[Cacheable]
[Needs(Right.RunWorkspace)]
public sealed class PeopleModel(CrmDb db) : CrmPage
{
    private const int PageSize = 50;
    private const int LastPage = 1000;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public Page<PersonRow> People { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] string? page, CancellationToken cancel)
    {
        var number = int.TryParse(page, out var asked) ? Math.Clamp(asked, 1, LastPage) : 1;
        People = await db.People.AsNoTracking().Where(p => p.DeletedAt == null).Matching(Q).Rows().PageAsync(number, PageSize, cancel);
    }

    public string PageUrl(int number)
    {
        var query = new QueryBuilder { { "page", $"{number}" } };
        if (!string.IsNullOrWhiteSpace(Q))
        {
            query.Add("q", Q);
        }

        return "/people" + query;
    }
}
