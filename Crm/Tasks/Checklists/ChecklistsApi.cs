using Crm.Accounts;
using Crm.History;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks.Checklists;

/// <summary>The checklists of tasks over the API. Their items stand in <see cref="ChecklistItemsApi"/>.</summary>
public static class ChecklistsApi
{
    private static readonly Keyset<Checklist> ByPlace = new("place", Keyset<Checklist>.By(c => c.Position));

    public static void MapChecklists(this RouteGroupBuilder api)
    {
        var checklists = api.MapGroup("").WithTags("Checklists");
        checklists.MapGet("/tasks/{id:int}/checklists", ListAsync).WithName("listChecklists");
        checklists.MapPost("/tasks/{id:int}/checklists", CreateAsync).WithName("createChecklist");
        checklists.MapGet("/checklists/{id:int}", GetAsync).WithName("getChecklist");
        checklists.MapPatch("/checklists/{id:int}", ChangeAsync).WithName("updateChecklist");
        checklists.MapDelete("/checklists/{id:int}", DeleteAsync).WithName("deleteChecklist");
        checklists.MapPost("/checklists/{id:int}/restore", RestoreAsync).WithName("restoreChecklist");
        checklists.MapChecklistItems();
    }

    /// <summary>List the checklists of a task</summary>
    /// <remarks>With their items, in their order.</remarks>
    /// <param name="id">Of the task.</param>
    [Needs(Right.SeeTask)]
    internal static async Task<Results<Listed<ChecklistResource>, Refusal>> ListAsync(int id, [AsParameters] PageQuery page, [AsParameters] Call call)
    {
        if (!await call.Db.Tasks.VisibleTo(call.User).AnyAsync(t => t.Id == id, call.Cancel))
        {
            return Refusal.NotFound;
        }

        var checklists = call.Db.Checklists.AsNoTracking().Where(c => c.TaskId == id);
        return new Listed<ChecklistResource>(await ByPlace.ReadAsync(checklists, page, some => some.AsResources(), c => c.Id, call.Cancel));
    }

    /// <summary>Add a checklist to a task</summary>
    /// <remarks>It stands last among the task's checklists.</remarks>
    /// <param name="id">Of the task.</param>
    [Needs(Right.EditTask)]
    internal static async Task<Results<Made<ChecklistResource>, Refusal>> CreateAsync(int id, ChecklistInput input, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var task = await call.Db.Tasks.Include(t => t.Checklists).FindVisibleAsync(id, call.User, call.Cancel);
        if (Refusal.Of(task, t => t.CanBeEditedBy(call.User)) is { } refusal)
        {
            return refusal;
        }

        var checklist = task.AddChecklist(Typed.Line(input.Name));
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return new Made<ChecklistResource>(await ReadAsync(checklist.Id, call), checklist.Version, $"{ApiRoutes.Prefix}/checklists/{checklist.Id}");
    }

    /// <summary>Get a checklist</summary>
    /// <remarks>With its items.</remarks>
    [Needs(Right.SeeTask)]
    internal static async Task<Results<Tagged<ChecklistResource>, Refusal>> GetAsync(int id, [AsParameters] Call call) =>
        await call.Db.Checklists.AsNoTracking().VisibleTo(call.User).Where(c => c.Id == id).AsResources().FirstOrDefaultAsync(call.Cancel) is { } checklist
            ? new Tagged<ChecklistResource>(checklist, checklist.Version)
            : Refusal.NotFound;

    /// <summary>Change a checklist</summary>
    /// <remarks>A JSON merge patch: what is not sent stays as it is.</remarks>
    /// <param name="ifMatch">The ETag of the checklist as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.EditTask)]
    internal static Task<Results<Tagged<ChecklistResource>, Refusal>> ChangeAsync(
        int id, MergePatch<ChecklistInput> patch, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call) =>
        ShowAsync(id, call.Db.Checklists, c => patch.ApplyAsync(c, [ChecklistFields.Name], call), call, ifMatch);

    /// <summary>Delete a checklist</summary>
    /// <remarks>With its items. It can be restored for 30 days.</remarks>
    /// <param name="ifMatch">The ETag of the checklist as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.EditTask)]
    internal static async Task<Results<NoContent, Refusal>> DeleteAsync(int id, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call) =>
        await ActAsync(id, call.Db.Checklists, Act(call, c => c.Delete(call.Clock.Now)), call, ifMatch) is { } refusal ? refusal : TypedResults.NoContent();

    /// <summary>Restore a deleted checklist</summary>
    /// <remarks>Within 30 days after it was deleted. Its task has to be there.</remarks>
    [Needs(Right.EditTask)]
    internal static Task<Results<Tagged<ChecklistResource>, Refusal>> RestoreAsync(int id, [AsParameters] Call call) =>
        ShowAsync(id, call.Db.Checklists.IgnoreQueryFilters(), Act(call, c => c.Restore()), call);

    private static Func<Checklist, Task<Refusal?>> Act(Call call, Action<Checklist> act) => c => Trash.InTimeAsync(c.DeletedAt, c.Name, call.Clock.Now, () => act(c));

    private static async Task<Results<Tagged<ChecklistResource>, Refusal>> ShowAsync(
        int id, IQueryable<Checklist> among, Func<Checklist, Task<Refusal?>> act, Call call, string? ifMatch = null)
    {
        if (await ActAsync(id, among, act, call, ifMatch) is { } refusal)
        {
            return refusal;
        }

        var checklist = await ReadAsync(id, call);
        return new Tagged<ChecklistResource>(checklist, checklist.Version);
    }

    private static Task<Refusal?> ActAsync(int id, IQueryable<Checklist> among, Func<Checklist, Task<Refusal?>> act, Call call, string? ifMatch) =>
        call.WriteAsync(() => among.VisibleTo(call.User).Include(c => c.Task.Project).FirstOrDefaultAsync(c => c.Id == id, call.Cancel), c => c.Task.CanBeEditedBy(call.User), ifMatch, act);

    private static Task<ChecklistResource> ReadAsync(int id, Call call) =>
        call.Db.Checklists.AsNoTracking().Where(c => c.Id == id).AsResources().FirstAsync(call.Cancel);
}
