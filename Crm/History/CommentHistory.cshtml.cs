using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Timeline;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>What became of the words of a comment.</summary>
[Cacheable]
[Needs(Right.SeeProjectInside)]
public sealed class CommentHistoryModel(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : HistoryPage(db, user, clock, workspace)
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        var comment = await Db.Interactions.AsNoTracking().VisibleTo(Db, Reader).Include(i => i.Project).Include(i => i.Task).FirstOrDefaultAsync(i => i.Id == id, cancel);
        if (comment is null)
        {
            return NotFound();
        }

        return Reader.IsTeam ? await ShowAsync(HistoryScope.Of(comment), cancel) : NotAllowed();
    }
}
