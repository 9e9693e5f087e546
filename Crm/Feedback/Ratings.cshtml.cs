using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Feedback;

/// <summary>Everybody's rating of a project, newest first.</summary>
[Cacheable]
[Needs(Right.SeeProjectInside)]
public sealed class RatingsModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    public const int PageSize = 25;

    private const int LastPage = 400;

    /// <summary>Only ratings of so many stars.</summary>
    [BindProperty(SupportsGet = true, Name = "stars")]
    public int? Stars { get; set; }

    public ProjectHeader Header { get; private set; } = null!;

    public RatingsCard Card { get; private set; } = null!;

    public Page<RatingRow> Ratings { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, [FromQuery(Name = "page")] int? number, CancellationToken cancel)
    {
        if (await ProjectHeader.LoadAsync(db, id, user, clock, "ratings", cancel) is not { } header)
        {
            return NotFound();
        }

        if (!header.IsForTeam)
        {
            return NotAllowed();
        }

        Header = header;
        Card = await RatingsCard.LoadAsync(db, id, header.Project.CanBeRatedBy(user), user, cancel) with { Latest = [] };
        Ratings = await db.Ratings.Of(id).Where(r => Stars == null || r.Stars == Stars)
            .OrderByDescending(r => r.UpdatedAt).ThenByDescending(r => r.Id).AsRows()
            .PageAsync(Math.Clamp(number ?? 1, 1, LastPage), PageSize, cancel);
        return Page();
    }

    /// <summary>The address of another page, or of another filter.</summary>
    public string PageUrl(int page, int? stars)
    {
        var query = new Dictionary<string, string?>
        {
            ["stars"] = stars?.ToString(CultureInfo.InvariantCulture),
            ["page"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
        };
        return $"/projects/{Header.Project.Id}/ratings" + QueryString.Create(query.Where(p => p.Value is not null));
    }
}
