using Crm.Accounts;
using Crm.History;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Timeline;

/// <summary>What was said, over the API. The threads of projects and tasks stand in <see cref="ThreadsApi"/>.</summary>
public static class CommentsApi
{
    public static void MapComments(this RouteGroupBuilder api)
    {
        var comments = api.MapGroup("").WithTags("Comments");
        comments.MapThreads();
        comments.MapGet("/comments/{id:int}", GetAsync).WithName("getComment");
        comments.MapPatch("/comments/{id:int}", ChangeAsync).WithName("updateComment");
        comments.MapDelete("/comments/{id:int}", DeleteAsync).WithName("deleteComment");
        comments.MapPost("/comments/{id:int}/restore", RestoreAsync).WithName("restoreComment");
    }

    /// <summary>Get a comment</summary>
    /// <remarks>Of a project or a task that the caller sees.</remarks>
    [Needs(Right.SeeComment)]
    internal static async Task<Results<Tagged<CommentResource>, Refusal>> GetAsync(int id, [AsParameters] Call call) =>
        await Present(call).AsNoTracking().VisibleTo(call.Db, call.User).Where(i => i.Id == id).AsResources(call.User).FirstOrDefaultAsync(call.Cancel) is { } comment
            ? new Tagged<CommentResource>(comment, comment.Version)
            : Refusal.NotFound;

    /// <summary>Change a comment</summary>
    /// <remarks>A JSON merge patch. Its author changes the words; the team chooses who sees it, but for what a client said.</remarks>
    /// <param name="ifMatch">The ETag of the comment as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.EditComment)]
    internal static Task<Results<Tagged<CommentResource>, Refusal>> ChangeAsync(
        int id, MergePatch<CommentPatch> patch, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call)
    {
        var shares = patch.Sent.Contains(nameof(CommentPatch.Audience));
        var edits = patch.Sent.Contains(nameof(CommentPatch.Body)) || !shares;
        return ShowAsync(
            id, Present(call), c => (!edits || c.CanBeEditedBy(call.User)) && (!shares || c.CanBeSharedBy(call.User)), c => patch.ApplyAsync(c, CommentFields.All, call), call, ifMatch);
    }

    /// <summary>Delete a comment</summary>
    /// <remarks>One's own; admins delete anybody's. It leaves a mark in its thread and can be restored for 30 days.</remarks>
    /// <param name="ifMatch">The ETag of the comment as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.DeleteComment)]
    internal static async Task<Results<NoContent, Refusal>> DeleteAsync(int id, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call) =>
        await ActAsync(id, Present(call), c => c.CanBeDeletedBy(call.User), Act(call, c => c.Delete(call.User.Id, call.Clock.Now)), call, ifMatch) is { } refusal ? refusal : TypedResults.NoContent();

    /// <summary>Restore a deleted comment</summary>
    /// <remarks>Within 30 days after it was deleted: whoever deleted their own, and admins.</remarks>
    [Needs(Right.RestoreComment)]
    internal static Task<Results<Tagged<CommentResource>, Refusal>> RestoreAsync(int id, [AsParameters] Call call) =>
        ShowAsync(id, call.Db.Interactions, c => c.CanBeRestoredBy(call.User), Act(call, c => c.Restore()), call);

    /// <summary>Without the marks that deleted ones leave.</summary>
    internal static IQueryable<Interaction> Present(Call call) => call.Db.Interactions.Where(i => i.DeletedAt == null);

    private static Func<Interaction, Task<Refusal?>> Act(Call call, Action<Interaction> act) => c => Trash.InTimeAsync(c.DeletedAt, "The comment", call.Clock.Now, () => act(c));

    private static async Task<Results<Tagged<CommentResource>, Refusal>> ShowAsync(
        int id, IQueryable<Interaction> among, Func<Interaction, bool> may, Func<Interaction, Task<Refusal?>> act, Call call, string? ifMatch = null)
    {
        if (await ActAsync(id, among, may, act, call, ifMatch) is { } refusal)
        {
            return refusal;
        }

        var comment = await call.Db.Interactions.AsNoTracking().Where(i => i.Id == id).AsResources(call.User).FirstAsync(call.Cancel);
        return new Tagged<CommentResource>(comment, comment.Version);
    }

    private static Task<Refusal?> ActAsync(
        int id, IQueryable<Interaction> among, Func<Interaction, bool> may, Func<Interaction, Task<Refusal?>> act, Call call, string? ifMatch) =>
        call.WriteAsync(() => among.FindVisibleAsync(call.Db, id, call.User, call.Cancel), may, ifMatch, act);
}
