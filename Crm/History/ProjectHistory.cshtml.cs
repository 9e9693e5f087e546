using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>What happened to a project and to all that belongs to it.</summary>
[Cacheable]
[Needs(Right.SeeProjectInside)]
public sealed class ProjectHistoryModel(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : HistoryPage(db, user, clock, workspace)
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await Db.Projects.AsNoTracking().VisibleTo(Reader).FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } project)
        {
            return NotFound();
        }

        return Reader.IsTeam ? await ShowAsync(HistoryScope.Of(project), cancel) : NotAllowed();
    }
}
