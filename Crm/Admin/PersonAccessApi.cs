using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>How somebody gets in, over the API and for admins: their sessions, tokens and sign-ins, and help for whoever is locked out.</summary>
public static class PersonAccessApi
{
    public static void MapPersonAccess(this RouteGroupBuilder people)
    {
        people.MapPost("/people/{id:int}/reset-link", ResetLinkAsync).WithName("createResetLink");
        people.MapDelete("/people/{id:int}/second-factor", TakeSecondFactorAsync).WithName("removeSecondFactor");
        people.MapGet("/people/{id:int}/sessions", SessionsAsync).WithName("listPersonSessions");
        people.MapDelete("/people/{id:int}/sessions", EndAllAsync).WithName("endPersonSessions");
        people.MapDelete("/people/{id:int}/sessions/{sessionId:int}", EndAsync).WithName("endPersonSession");
        people.MapGet("/people/{id:int}/sign-ins", SignInsAsync).WithName("listPersonSignIns");
        people.MapGet("/people/{id:int}/tokens", TokensAsync).WithName("listPersonTokens");
        people.MapDelete("/people/{id:int}/tokens/{tokenId:int}", RevokeAsync).WithName("revokePersonToken");
    }

    /// <summary>Make a reset link</summary>
    /// <remarks>With it the person chooses a new password, for one day. It is answered this once. Asks for a fresh proof of who calls.</remarks>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    internal static async Task<Results<ShownOnce<ResetLink>, Refusal>> ResetLinkAsync(int id, PasswordResets resets, PublicAddress address, [AsParameters] Call call) =>
        await PeopleApi.FindAsync(id, call) is not { } person ? Refusal.NotFound
            : !person.CanSignIn ? Refusal.Conflict("This person cannot sign in: invite them, or enable the account.")
            : new ShownOnce<ResetLink>(new ResetLink(address.Link(await resets.PathForAsync(person))!));

    /// <summary>Take somebody's second factor away</summary>
    /// <remarks>For somebody who has lost it: their password alone opens the account. One's own is looked after in the profile. Asks for a fresh proof of who calls.</remarks>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    internal static async Task<Results<NoContent, Refusal>> TakeSecondFactorAsync(int id, AccountEdits edits, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (await PeopleApi.FindAsync(id, call) is not { JoinedAt: not null } person)
        {
            return Refusal.NotFound;
        }

        if (id == call.User.Id)
        {
            return Refusal.NotAllowed;
        }

        await edits.TakeSecondFactorAsync(person, call.Cancel);
        await write.CommitAsync(call.Cancel);
        await edits.TellOfSecondFactorAsync(person, call.Cancel);
        return TypedResults.NoContent();
    }

    /// <summary>List somebody's sessions</summary>
    /// <remarks>Browsers and programs that they are signed in with, the newest first.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Listed<SessionResource>, Refusal>> SessionsAsync(int id, [AsParameters] PageQuery page, [AsParameters] Call call) =>
        await IsThereAsync(id, call) ? new Listed<SessionResource>(await SessionsApi.ReadAsync(id, page, call)) : Refusal.NotFound;

    /// <summary>End all of somebody's sessions</summary>
    /// <remarks>They are signed out everywhere. One's own present session stays. Personal access tokens stay.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<NoContent, Refusal>> EndAllAsync(int id, [AsParameters] Call call) =>
        await IsThereAsync(id, call) ? await SessionsApi.EndAllAsync(id, call) : Refusal.NotFound;

    /// <summary>End one of somebody's sessions</summary>
    /// <remarks>Whoever uses it is signed out at once.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<NoContent, Refusal>> EndAsync(int id, int sessionId, [AsParameters] Call call) =>
        await IsThereAsync(id, call) ? await SessionsApi.EndOneAsync(id, sessionId, call) : Refusal.NotFound;

    /// <summary>List somebody's sign-ins</summary>
    /// <remarks>Every try to get into the account, the latest first, kept for at least a year.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Listed<SignInResource>, Refusal>> SignInsAsync(int id, [AsParameters] PageQuery page, [AsParameters] Call call) =>
        await IsThereAsync(id, call) ? new Listed<SignInResource>(await SessionsApi.ReadSignInsAsync(id, page, call)) : Refusal.NotFound;

    /// <summary>List somebody's personal access tokens</summary>
    /// <remarks>The newest first, expired ones included.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Listed<TokenResource>, Refusal>> TokensAsync(int id, [AsParameters] PageQuery page, [AsParameters] Call call) =>
        await IsThereAsync(id, call) ? new Listed<TokenResource>(await TokensApi.ReadAsync(id, page, call)) : Refusal.NotFound;

    /// <summary>Revoke one of somebody's personal access tokens</summary>
    /// <remarks>It opens nothing from then on. Its owner is told by mail.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<NoContent, Refusal>> RevokeAsync(int id, int tokenId, PersonalTokens tokens, [AsParameters] Call call) =>
        await IsThereAsync(id, call) && await tokens.RevokeAsync(id, tokenId, call.Cancel) ? TypedResults.NoContent() : Refusal.NotFound;

    private static Task<bool> IsThereAsync(int id, Call call) => call.Db.People.AnyAsync(p => p.Id == id && p.DeletedAt == null, call.Cancel);
}
