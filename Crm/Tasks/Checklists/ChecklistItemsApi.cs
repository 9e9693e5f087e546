using Crm.Accounts;
using Crm.History;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks.Checklists;

/// <summary>The items of checklists over the API.</summary>
internal static class ChecklistItemsApi
{
    public static void MapChecklistItems(this RouteGroupBuilder checklists)
    {
        checklists.MapPost("/checklists/{id:int}/items", CreateAsync).WithName("createChecklistItem");
        checklists.MapGet("/checklist-items/{id:int}", GetAsync).WithName("getChecklistItem");
        checklists.MapPatch("/checklist-items/{id:int}", ChangeAsync).WithName("updateChecklistItem");
        checklists.MapDelete("/checklist-items/{id:int}", DeleteAsync).WithName("deleteChecklistItem");
        checklists.MapPost("/checklist-items/{id:int}/restore", RestoreAsync).WithName("restoreChecklistItem");
    }

    /// <summary>Add an item to a checklist</summary>
    /// <remarks>It stands last.</remarks>
    /// <param name="id">Of the checklist.</param>
    [Needs(Right.EditTask)]
    internal static async Task<Results<Made<ChecklistItemResource>, Refusal>> CreateAsync(int id, CreateChecklistItem input, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var checklist = await call.Db.Checklists.VisibleTo(call.User).Include(c => c.Task.Project).Include(c => c.Items).FirstOrDefaultAsync(c => c.Id == id, call.Cancel);
        if (Refusal.Of(checklist, c => c.Task.CanBeEditedBy(call.User)) is { } refusal)
        {
            return refusal;
        }

        var item = checklist.Add(Typed.Line(input.Text));
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return new Made<ChecklistItemResource>(await ReadAsync(item.Id, call), item.Version, $"{ApiRoutes.Prefix}/checklist-items/{item.Id}");
    }

    /// <summary>Get an item of a checklist</summary>
    /// <remarks>One of a task that the caller sees.</remarks>
    [Needs(Right.SeeTask)]
    internal static async Task<Results<Tagged<ChecklistItemResource>, Refusal>> GetAsync(int id, [AsParameters] Call call) =>
        await call.Db.ChecklistItems.AsNoTracking().VisibleTo(call.User).Where(i => i.Id == id).AsResources().FirstOrDefaultAsync(call.Cancel) is { } item
            ? new Tagged<ChecklistItemResource>(item, item.Version)
            : Refusal.NotFound;

    /// <summary>Change an item of a checklist</summary>
    /// <remarks>A JSON merge patch: reword it, or check it off and open it again with <c>isDone</c>.</remarks>
    /// <param name="ifMatch">The ETag of the item as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.EditTask)]
    internal static Task<Results<Tagged<ChecklistItemResource>, Refusal>> ChangeAsync(
        int id, MergePatch<ChecklistItemPatch> patch, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call) =>
        ShowAsync(id, call.Db.ChecklistItems, i => patch.ApplyAsync(i, [ChecklistFields.Text, ChecklistFields.IsDone], call), call, ifMatch);

    /// <summary>Delete an item of a checklist</summary>
    /// <remarks>It can be restored for 30 days.</remarks>
    /// <param name="ifMatch">The ETag of the item as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.EditTask)]
    internal static async Task<Results<NoContent, Refusal>> DeleteAsync(int id, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call) =>
        await ActAsync(id, call.Db.ChecklistItems, Act(call, i => i.Delete(call.Clock.Now)), call, ifMatch) is { } refusal ? refusal : TypedResults.NoContent();

    /// <summary>Restore a deleted item of a checklist</summary>
    /// <remarks>Within 30 days after it was deleted. Its checklist and task have to be there.</remarks>
    [Needs(Right.EditTask)]
    internal static Task<Results<Tagged<ChecklistItemResource>, Refusal>> RestoreAsync(int id, [AsParameters] Call call) =>
        ShowAsync(id, call.Db.ChecklistItems.IgnoreQueryFilters(), Act(call, i => i.Restore()), call);

    private static Func<ChecklistItem, Task<Refusal?>> Act(Call call, Action<ChecklistItem> act) => i => Trash.InTimeAsync(i.DeletedAt, i.Text, call.Clock.Now, () => act(i));

    private static async Task<Results<Tagged<ChecklistItemResource>, Refusal>> ShowAsync(
        int id, IQueryable<ChecklistItem> among, Func<ChecklistItem, Task<Refusal?>> act, Call call, string? ifMatch = null)
    {
        if (await ActAsync(id, among, act, call, ifMatch) is { } refusal)
        {
            return refusal;
        }

        var item = await ReadAsync(id, call);
        return new Tagged<ChecklistItemResource>(item, item.Version);
    }

    private static Task<Refusal?> ActAsync(int id, IQueryable<ChecklistItem> among, Func<ChecklistItem, Task<Refusal?>> act, Call call, string? ifMatch) =>
        call.WriteAsync(() => among.VisibleTo(call.User).Include(i => i.Checklist.Task.Project).FirstOrDefaultAsync(i => i.Id == id, call.Cancel), i => i.Checklist.Task.CanBeEditedBy(call.User), ifMatch, act);

    private static Task<ChecklistItemResource> ReadAsync(int id, Call call) =>
        call.Db.ChecklistItems.AsNoTracking().Where(i => i.Id == id).AsResources().FirstAsync(call.Cancel);
}
