using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Timeline;

/// <summary>The conversation about a project.</summary>
[Needs(Right.SeeProject, ToWrite = Right.DiscussProject)]
public sealed class ProjectCommentsModel(CrmDb db, CurrentUser user, Clock clock) : ConversationPage(db, user, clock)
{
    protected override async Task<ThreadPlace?> FindAsync(int id, CancellationToken cancel) =>
        await Db.Projects.AsNoTracking().VisibleTo(Reader).FirstOrDefaultAsync(p => p.Id == id, cancel) is { } project
            ? ThreadPlace.Of(project, Reader)
            : null;
}
