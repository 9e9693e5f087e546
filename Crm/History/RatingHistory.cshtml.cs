using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>How somebody changed their mind about a project.</summary>
[Cacheable]
[Needs(Right.SeeProjectInside)]
public sealed class RatingHistoryModel(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : HistoryPage(db, user, clock, workspace)
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        var rating = await Db.Ratings.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel);
        if (rating is null || await Db.Projects.AsNoTracking().VisibleTo(Reader).FirstOrDefaultAsync(p => p.Id == rating.ProjectId, cancel) is not { } project)
        {
            return NotFound();
        }

        return Reader.IsTeam ? await ShowAsync(HistoryScope.Of(rating, project), cancel) : NotAllowed();
    }
}
