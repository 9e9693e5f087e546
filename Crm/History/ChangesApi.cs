using Crm.Accounts;
using Crm.Admin;
using Crm.Timeline;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crm.History;

/// <summary>One change over the API, and the value that it replaced.</summary>
internal static class ChangesApi
{
    public static void MapChanges(this RouteGroupBuilder history)
    {
        history.MapGet("/history/{id:long}", GetAsync).WithName("getChange");
        history.MapPost("/history/{id:long}/restore", RestoreAsync).WithName("restoreValue");
    }

    /// <summary>Get a change</summary>
    /// <remarks>With its whole values and how the field stands now. Changes of a project for whoever of the team sees it, all others for admins.</remarks>
    [Needs(Right.TeamWork)]
    internal static async Task<Results<Tagged<ChangeDetails>, Refusal>> GetAsync(long id, [AsParameters] Call call) =>
        await FoundChange.FindAsync(call.Db, call.User, call.Clock, id, call.Cancel) is { } found ? await ShowAsync(found, call) : Refusal.NotFound;

    /// <summary>Put a value back</summary>
    /// <remarks>Changes the field to what this change replaced, by the same rules and for the same people as any edit. Answers with the change that this makes; restoring that one takes it back.</remarks>
    [Needs(Right.TeamWork)]
    internal static async Task<Results<Tagged<ChangeDetails>, Refusal>> RestoreAsync(long id, RestoreValue? input, WorkspaceCache workspace, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (await FoundChange.FindAsync(call.Db, call.User, call.Clock, id, call.Cancel) is not { } found)
        {
            return Refusal.NotFound;
        }

        if (found.Target is not { MayChange: true } target)
        {
            return found.Target is null ? new Refusal(StatusCodes.Status422UnprocessableEntity, "This cannot be put back.") : Refusal.NotAllowed;
        }

        if (found.Doubt(input?.Seen) is { } doubt)
        {
            return new Refusal(doubt.Status, doubt.Words);
        }

        if (await target.PutBack(found.Change.From, call.Cancel) is { } words)
        {
            return new Refusal(StatusCodes.Status422UnprocessableEntity, words);
        }

        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        workspace.Forget();
        var made = await FoundChange.FindAsync(call.Db, call.User, call.Clock, await found.LatestAsync(call.Db, call.Cancel), call.Cancel);
        return await ShowAsync(made ?? found, call);
    }

    private static async Task<Tagged<ChangeDetails>> ShowAsync(FoundChange found, Call call)
    {
        var change = found.Change;
        var row = new ChangeRow(
            change.Id, change.Kind, change.RecordId, change.ProjectId, new RecordChange(change.At, change.PersonId, change.Person?.Name, change.Via, change.Field, change.From, change.To), IsCut: false);
        var names = await ChangeRow.NamesAsync(call.Db, [row], call.Cancel);
        var present = found.Target is { } target
            ? new PresentValue(target.Current, target.MayChange, found.IsThereAlready, found.IsChangedSince, target.IsTooLate ? Trash.TooLate(target.Name) : target.Obstacle, found.Seen)
            : null;
        return new Tagged<ChangeDetails>(new ChangeDetails(ChangeResource.Of(row, names, new ChangeWords(call.Clock, names.People)), present));
    }
}
