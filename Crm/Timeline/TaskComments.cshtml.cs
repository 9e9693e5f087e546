using Crm.Accounts;
using Crm.Data;
using Crm.Tasks;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Timeline;

/// <summary>The conversation about a task.</summary>
[Needs(Right.SeeTask, ToWrite = Right.DiscussTask)]
public sealed class TaskCommentsModel(CrmDb db, CurrentUser user, Clock clock) : ConversationPage(db, user, clock)
{
    protected override async Task<ThreadPlace?> FindAsync(int id, CancellationToken cancel) =>
        await Db.Tasks.AsNoTracking().FindVisibleAsync(id, Reader, cancel) is { } task ? ThreadPlace.Of(task, Reader) : null;
}
