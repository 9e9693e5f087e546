using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Timeline;

/// <summary>The threads of projects and tasks over the API.</summary>
internal static class ThreadsApi
{
    private static readonly Keyset<Interaction> Oldest = new("oldest", Keyset<Interaction>.By(i => i.CreatedAt));
    private static readonly Keyset<Interaction> Newest = new("newest", Keyset<Interaction>.By(i => i.CreatedAt, isDescending: true)) { IdDescends = true };

    public static void MapThreads(this RouteGroupBuilder comments)
    {
        comments.MapGet("/projects/{id:int}/comments", ListOfProjectAsync).WithName("listProjectComments");
        comments.MapPost("/projects/{id:int}/comments", PostToProjectAsync).WithName("createProjectComment");
        comments.MapGet("/tasks/{id:int}/comments", ListOfTaskAsync).WithName("listTaskComments");
        comments.MapPost("/tasks/{id:int}/comments", PostToTaskAsync).WithName("createTaskComment");
    }

    /// <summary>List the comments on a project</summary>
    /// <remarks>On the project as a whole; those on its tasks have lists of their own. Without deleted ones.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.SeeProject)]
    internal static async Task<Results<Listed<CommentResource>, Refusal>> ListOfProjectAsync(
        int id, [AsParameters] CommentQuery query, [AsParameters] PageQuery page, [AsParameters] Call call) =>
        await ListAsync(await ProjectAsync(id, call), query, page, call);

    /// <summary>Comment on a project</summary>
    /// <remarks>Whoever sees the project may, while it is not archived.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.DiscussProject)]
    internal static async Task<Results<Made<CommentResource>, Refusal>> PostToProjectAsync(int id, CreateComment input, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        return await PostAsync(await ProjectAsync(id, call), input, write, call);
    }

    /// <summary>List the comments on a task</summary>
    /// <remarks>Without deleted ones.</remarks>
    /// <param name="id">Of the task.</param>
    [Needs(Right.SeeTask)]
    internal static async Task<Results<Listed<CommentResource>, Refusal>> ListOfTaskAsync(
        int id, [AsParameters] CommentQuery query, [AsParameters] PageQuery page, [AsParameters] Call call) =>
        await ListAsync(await TaskAsync(id, call), query, page, call);

    /// <summary>Comment on a task</summary>
    /// <remarks>Whoever sees the task may, while neither it nor its project is archived.</remarks>
    /// <param name="id">Of the task.</param>
    [Needs(Right.DiscussTask)]
    internal static async Task<Results<Made<CommentResource>, Refusal>> PostToTaskAsync(int id, CreateComment input, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        return await PostAsync(await TaskAsync(id, call), input, write, call);
    }

    private static async Task<ThreadPlace?> ProjectAsync(int id, Call call) =>
        await call.Db.Projects.AsNoTracking().VisibleTo(call.User).FirstOrDefaultAsync(p => p.Id == id, call.Cancel) is { } project ? ThreadPlace.Of(project, call.User) : null;

    private static async Task<ThreadPlace?> TaskAsync(int id, Call call) =>
        await call.Db.Tasks.AsNoTracking().FindVisibleAsync(id, call.User, call.Cancel) is { } task ? ThreadPlace.Of(task, call.User) : null;

    private static async Task<Results<Listed<CommentResource>, Refusal>> ListAsync(ThreadPlace? place, CommentQuery query, PageQuery page, Call call)
    {
        if (place is null)
        {
            return Refusal.NotFound;
        }

        var order = query.Sort?.Value == CommentOrder.Newest ? Newest : Oldest;
        var comments = CommentsApi.Present(call).AsNoTracking().In(place);
        return new Listed<CommentResource>(await order.ReadAsync(comments, page, some => some.AsResources(call.User), c => c.Id, call.Cancel));
    }

    private static async Task<Results<Made<CommentResource>, Refusal>> PostAsync(
        ThreadPlace? place, CreateComment input, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction write, Call call)
    {
        if (place is not { CanWrite: true })
        {
            return place is null ? Refusal.NotFound : Refusal.NotAllowed;
        }

        var answered = await call.Db.Interactions.FindAnsweredAsync(place, input.ReplyToId, call.Cancel);
        if (input.ReplyToId is not null && answered is null)
        {
            return Refusal.Invalid("replyToId", ThreadPlace.NothingToAnswer);
        }

        var comment = place.Write(Typed.Prose(input.Body), input.Audience, answered, call.User, call.Clock.Now);
        if (input.Audience is { } wanted && wanted != comment.Audience)
        {
            return Refusal.Invalid("audience", Otherwise(place, answered));
        }

        call.Db.Interactions.Add(comment);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        var made = await call.Db.Interactions.AsNoTracking().Where(i => i.Id == comment.Id).AsResources(call.User).FirstAsync(call.Cancel);
        return new Made<CommentResource>(made, made.Version, $"{ApiRoutes.Prefix}/comments/{made.Id}");
    }

    private static string Otherwise(ThreadPlace place, Interaction? answered) => (place, answered) switch
    {
        (_, { }) => "An answer is seen by whoever sees what it answers.",
        ({ IsForTeam: false }, _) => "What a client says is seen by the team and the clients of the project.",
        _ => "Clients do not see this task, and so not what is said about it.",
    };
}
