using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>What happened, over the API. A change by itself stands in <see cref="ChangesApi"/>.</summary>
public static class HistoryApi
{
    private static readonly Keyset<Change> Newest = new("newest", Keyset<Change>.By(c => c.At, isDescending: true)) { IdDescends = true };

    public static void MapHistory(this RouteGroupBuilder api)
    {
        var history = api.MapGroup("").WithTags("History");
        history.MapGet("/history", OfAllAsync).WithName("listHistory");
        history.MapGet("/projects/{id:int}/history", OfProjectAsync).WithName("listProjectHistory");
        history.MapGet("/tasks/{id:int}/history", OfTaskAsync).WithName("listTaskHistory");
        history.MapGet("/comments/{id:int}/history", OfCommentAsync).WithName("listCommentHistory");
        history.MapGet("/ratings/{id:int}/history", OfRatingAsync).WithName("listRatingHistory");
        history.MapGet("/people/{id:int}/history", OfPersonAsync).WithName("listPersonHistory");
        history.MapChanges();
    }

    /// <summary>List what happened in the workspace</summary>
    /// <remarks>Every change, the newest first; for admins.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Listed<ChangeResource>> OfAllAsync([AsParameters] HistoryQuery query, [AsParameters] PageQuery page, WorkspaceCache workspace, [AsParameters] Call call) =>
        await ListAsync(HistoryScope.OfAll(workspace.Current), query, page, workspace, call);

    /// <summary>List what happened to a project</summary>
    /// <remarks>And to all that belongs to it, the newest first; for the team.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.SeeProjectInside)]
    internal static async Task<Results<Listed<ChangeResource>, Refusal>> OfProjectAsync(
        int id, [AsParameters] HistoryQuery query, [AsParameters] PageQuery page, WorkspaceCache workspace, [AsParameters] Call call)
    {
        var project = await call.Db.Projects.AsNoTracking().VisibleTo(call.User).FirstOrDefaultAsync(p => p.Id == id, call.Cancel);
        return Refusal.Of(project, _ => call.User.IsTeam) is { } refusal ? refusal : await ListAsync(HistoryScope.Of(project!), query, page, workspace, call);
    }

    /// <summary>List what happened to a task</summary>
    /// <remarks>To its checklists and comments too, the newest first; for the team.</remarks>
    /// <param name="id">Of the task.</param>
    [Needs(Right.SeeProjectInside)]
    internal static async Task<Results<Listed<ChangeResource>, Refusal>> OfTaskAsync(
        int id, [AsParameters] HistoryQuery query, [AsParameters] PageQuery page, WorkspaceCache workspace, [AsParameters] Call call)
    {
        var task = await call.Db.Tasks.AsNoTracking().FindVisibleAsync(id, call.User, call.Cancel);
        return Refusal.Of(task, _ => call.User.IsTeam) is { } refusal ? refusal : await ListAsync(HistoryScope.Of(task!, call.Db), query, page, workspace, call);
    }

    /// <summary>List what became of a comment</summary>
    /// <remarks>The newest change first, also of a deleted one; for the team.</remarks>
    /// <param name="id">Of the comment.</param>
    [Needs(Right.SeeProjectInside)]
    internal static async Task<Results<Listed<ChangeResource>, Refusal>> OfCommentAsync(
        int id, [AsParameters] HistoryQuery query, [AsParameters] PageQuery page, WorkspaceCache workspace, [AsParameters] Call call)
    {
        var comment = await call.Db.Interactions.AsNoTracking().FindVisibleAsync(call.Db, id, call.User, call.Cancel);
        return Refusal.Of(comment, _ => call.User.IsTeam) is { } refusal ? refusal : await ListAsync(HistoryScope.Of(comment!), query, page, workspace, call);
    }

    /// <summary>List how somebody changed their mind about a project</summary>
    /// <remarks>The newest change first, also of a withdrawn rating; for the team.</remarks>
    /// <param name="id">Of the rating.</param>
    [Needs(Right.SeeProjectInside)]
    internal static async Task<Results<Listed<ChangeResource>, Refusal>> OfRatingAsync(
        int id, [AsParameters] HistoryQuery query, [AsParameters] PageQuery page, WorkspaceCache workspace, [AsParameters] Call call)
    {
        var rating = await call.Db.Ratings.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, call.Cancel);
        var projectId = rating?.ProjectId;
        var project = await call.Db.Projects.AsNoTracking().VisibleTo(call.User).FirstOrDefaultAsync(p => p.Id == projectId, call.Cancel);
        return Refusal.Of(project, _ => call.User.IsTeam) is { } refusal ? refusal : await ListAsync(HistoryScope.Of(rating!, project!), query, page, workspace, call);
    }

    /// <summary>List what happened to an account</summary>
    /// <remarks>The newest change first; for admins.</remarks>
    /// <param name="id">Of the person.</param>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Listed<ChangeResource>, Refusal>> OfPersonAsync(
        int id, [AsParameters] HistoryQuery query, [AsParameters] PageQuery page, WorkspaceCache workspace, [AsParameters] Call call) =>
        await call.Db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, call.Cancel) is { } person
            ? await ListAsync(HistoryScope.Of(person), query, page, workspace, call)
            : Refusal.NotFound;

    /// <summary>Two queries for the list, one for each kind of record that occurs, and one for the people whom changes name.</summary>
    private static async Task<Listed<ChangeResource>> ListAsync(HistoryScope scope, HistoryQuery query, PageQuery page, WorkspaceCache workspace, Call call)
    {
        var changes = scope.Narrow(query.Filter.Apply(call.Db.Changes.AsNoTracking(), workspace.Current));
        var rows = await Newest.ReadAsync(changes, page, some => some.Select(ChangeRow.Of), r => r.Id, call.Cancel);
        var names = await ChangeRow.NamesAsync(call.Db, rows.Items, call.Cancel);
        var words = new ChangeWords(call.Clock, names.People);
        return new(new Slice<ChangeResource>([.. rows.Items.Select(r => ChangeResource.Of(r, names, words))], rows.NextCursor));
    }
}
