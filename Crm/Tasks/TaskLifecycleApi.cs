using Crm.Accounts;
using Crm.History;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>How tasks go and come back over the API.</summary>
internal static class TaskLifecycleApi
{
    public static void MapTaskLifecycle(this RouteGroupBuilder tasks)
    {
        tasks.MapDelete("/tasks/{id:int}", DeleteAsync).WithName("deleteTask");
        tasks.MapPost("/tasks/{id:int}/archive", ArchiveAsync).WithName("archiveTask");
        tasks.MapPost("/tasks/{id:int}/unarchive", UnarchiveAsync).WithName("unarchiveTask");
        tasks.MapPost("/tasks/{id:int}/restore", RestoreAsync).WithName("restoreTask");
    }

    /// <summary>Delete a task</summary>
    /// <remarks>It can be restored for 30 days.</remarks>
    /// <param name="ifMatch">The ETag of the task as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.EditTask)]
    internal static async Task<Results<NoContent, Refusal>> DeleteAsync(int id, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call) =>
        await ActAsync(id, t => t.Delete(call.Clock.Now), call.Db.Tasks, t => t.CanBeEditedBy(call.User), call, ifMatch) is { } refusal ? refusal : TypedResults.NoContent();

    /// <summary>Archive a task</summary>
    /// <remarks>It can be read and not changed until it is brought back.</remarks>
    [Needs(Right.EditTask)]
    internal static async Task<Results<Tagged<TaskResource>, Refusal>> ArchiveAsync(int id, [AsParameters] Call call) =>
        await ActAsync(id, t => t.Archive(call.Clock.Now), call.Db.Tasks, t => t.CanBeEditedBy(call.User), call) is { } refusal ? refusal : await TasksApi.ShowAsync(id, call);

    /// <summary>Bring an archived task back</summary>
    /// <remarks>From now on it can be changed again.</remarks>
    [Needs(Right.KeepTask)]
    internal static async Task<Results<Tagged<TaskResource>, Refusal>> UnarchiveAsync(int id, [AsParameters] Call call) =>
        await ActAsync(id, t => t.BringBack(), call.Db.Tasks, t => t.CanBeKeptBy(call.User), call) is { } refusal ? refusal : await TasksApi.ShowAsync(id, call);

    /// <summary>Restore a deleted task</summary>
    /// <remarks>Within 30 days after it was deleted. Its project has to be there.</remarks>
    [Needs(Right.KeepTask)]
    internal static async Task<Results<Tagged<TaskResource>, Refusal>> RestoreAsync(int id, [AsParameters] Call call) =>
        await ActAsync(id, t => t.Restore(), call.Db.Tasks.IgnoreQueryFilters(), t => t.CanBeKeptBy(call.User), call) is { } refusal ? refusal : await TasksApi.ShowAsync(id, call);

    private static Task<Refusal?> ActAsync(
        int id, Action<ProjectTask> act, IQueryable<ProjectTask> among, Func<ProjectTask, bool> may, Call call, string? ifMatch = null) =>
        call.WriteAsync(() => among.FindVisibleAsync(id, call.User, call.Cancel), may, ifMatch, t => Trash.InTimeAsync(t.DeletedAt, t.Title, call.Clock.Now, () => act(t)));
}
