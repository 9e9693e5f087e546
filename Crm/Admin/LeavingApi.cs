using Crm.Accounts;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Admin;

/// <summary>What an admin does over the API when somebody goes.</summary>
public static class LeavingApi
{
    public static void MapLeaving(this RouteGroupBuilder people)
    {
        people.MapPost("/people/{id:int}/hand-over", HandOverAsync).WithName("handOverWork");
        people.MapPost("/people/{id:int}/disable", DisableAsync).WithName("disablePerson");
        people.MapDelete("/people/{id:int}", DeleteAsync).WithName("deletePerson");
    }

    /// <summary>Hand somebody's work over</summary>
    /// <remarks>Their projects, open tasks and waiting imports go to the successor. Asks for a fresh proof of who calls.</remarks>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    internal static Task<Results<NoContent, Refusal>> HandOverAsync(int id, HandOverInput input, Leaving leaving, [AsParameters] Call call) =>
        RunAsync(id, LeavingStep.HandOver, input.SuccessorId, leaving, call);

    /// <summary>Disable an account</summary>
    /// <remarks>
    /// The person is signed out everywhere, and their tokens, links and open invitations are worthless. A successor, when one is
    /// given, takes their work over. Asks for a fresh proof of who calls.
    /// </remarks>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    internal static Task<Results<NoContent, Refusal>> DisableAsync(int id, HandOverInput input, Leaving leaving, [AsParameters] Call call) =>
        RunAsync(id, LeavingStep.Disable, input.SuccessorId, leaving, call);

    /// <summary>Delete a person</summary>
    /// <remarks>
    /// For good: nothing personal is left, and what they wrote stays under “Former member”. Whoever owns projects needs a successor.
    /// Asks for a fresh proof of who calls.
    /// </remarks>
    /// <param name="successorId">Somebody of the team who takes their work over.</param>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    internal static Task<Results<NoContent, Refusal>> DeleteAsync(int id, [FromQuery(Name = "successorId")] int? successorId, Leaving leaving, [AsParameters] Call call) =>
        RunAsync(id, LeavingStep.Delete, successorId, leaving, call);

    private static async Task<Results<NoContent, Refusal>> RunAsync(int id, LeavingStep step, int? successor, Leaving leaving, Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (await PeopleApi.FindAsync(id, call) is not { } person)
        {
            return Refusal.NotFound;
        }

        if (await leaving.MistakeAsync(person, step, successor, call.Cancel) is var (field, words))
        {
            return field.Length == 0 ? Refusal.Conflict(words) : Refusal.Invalid("successorId", words);
        }

        await leaving.RunAsync(person, step, successor, call.Cancel);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return TypedResults.NoContent();
    }
}
