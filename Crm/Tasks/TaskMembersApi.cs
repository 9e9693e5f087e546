using Crm.Accounts;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>Who works on a task beside its assignee, over the API.</summary>
internal static class TaskMembersApi
{
    public static void MapTaskMembers(this RouteGroupBuilder tasks)
    {
        tasks.MapPut("/tasks/{id:int}/members/{personId:int}", AddAsync).WithName("addTaskMember");
        tasks.MapDelete("/tasks/{id:int}/members/{personId:int}", RemoveAsync).WithName("removeTaskMember");
    }

    /// <summary>Add somebody to a task</summary>
    /// <remarks>Somebody of the team, in a private project one of its members. Who is on it already stays.</remarks>
    [Needs(Right.EditTask)]
    internal static Task<Results<NoContent, Refusal>> AddAsync(int id, int personId, [AsParameters] Call call) => ChangeAsync(id, personId, t => t.Add(personId), call);

    /// <summary>Take somebody off a task</summary>
    /// <remarks>Who is not on it stays off it.</remarks>
    [Needs(Right.EditTask)]
    internal static Task<Results<NoContent, Refusal>> RemoveAsync(int id, int personId, [AsParameters] Call call) => ChangeAsync(id, personId, t => t.Remove(personId), call);

    private static async Task<Results<NoContent, Refusal>> ChangeAsync(int id, int personId, Action<ProjectTask> change, Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var task = await call.Db.Tasks.Include(t => t.Members).FindVisibleAsync(id, call.User, call.Cancel);
        if (Refusal.Of(task, t => t.CanBeEditedBy(call.User)) is { } refusal)
        {
            return refusal;
        }

        if (await TaskMembers.MistakeAsync(call.Db, task, personId, call.Cancel) is { } words)
        {
            return Refusal.Invalid("personId", words);
        }

        change(task);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return TypedResults.NoContent();
    }
}
