using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Tasks;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>What happened to a task, its checklists and its comments.</summary>
[Cacheable]
[Needs(Right.SeeProjectInside)]
public sealed class TaskHistoryModel(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : HistoryPage(db, user, clock, workspace)
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await Db.Tasks.AsNoTracking().FindVisibleAsync(id, Reader, cancel) is not { } task)
        {
            return NotFound();
        }

        return Reader.IsTeam ? await ShowAsync(HistoryScope.Of(task, Db), cancel) : NotAllowed();
    }
}
