using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Tokens;

/// <summary>Signing in and out over the API, and who one is.</summary>
public static class AuthApi
{
    public static void MapAuth(this RouteGroupBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Auth");
        auth.MapPost("/login", LoginAsync).WithName("login");
        auth.MapPost("/refresh", RefreshAsync).WithName("refreshLogin");
        auth.MapPost("/logout", LogoutAsync).WithName("logout");
        auth.MapGet("/me", GetMeAsync).WithName("getMe");
        auth.MapPatch("/me", ChangeMeAsync).WithName("updateMe");
        auth.MapTokens();
        auth.MapOwnSessions();
    }

    /// <summary>Sign in</summary>
    /// <remarks>
    /// Gives an access token for 15 minutes and a refresh token for the next ones, for 30 days at most. Whoever has a second factor
    /// also sends `code` or `recoveryCode`: without it the answer is 401 with `errors.code`, after a good password only. Wrong tries
    /// count together with those on the sign-in page; 429 with `Retry-After` when there were too many from one network.
    /// </remarks>
    [AllowAnonymous]
    [Needs(Right.Anything)]
    [RequestSizeLimit(AccountLimits.Form)]
    internal static async Task<Results<ShownOnce<SessionTokens>, Refusal>> LoginAsync(Login input, CallSignIn signIn, CancellationToken cancel)
    {
        var (tokens, refusal) = await signIn.RunAsync(input, cancel);
        return tokens is null ? refusal! : new ShownOnce<SessionTokens>(tokens);
    }

    /// <summary>Refresh a session</summary>
    /// <remarks>
    /// Exchanges a refresh token for a new pair; the old access token and the old refresh token are worthless from then on. A refresh
    /// token that was used before ends the whole session, because one of two who have it is a thief. Within ten seconds it does not
    /// yet: of calls that refresh at the same time one gets the tokens, and the others get 409 and take those.
    /// </remarks>
    [AllowAnonymous]
    [Needs(Right.Anything)]
    [RequestSizeLimit(AccountLimits.Form)]
    internal static async Task<Results<ShownOnce<SessionTokens>, Refusal>> RefreshAsync(RefreshLogin input, CallSessions sessions, HttpContext context, CancellationToken cancel)
    {
        var (outcome, tokens) = await sessions.RefreshAsync(input.RefreshToken ?? "", cancel);
        if (tokens is not null)
        {
            return new ShownOnce<SessionTokens>(tokens);
        }

        if (outcome == Refreshing.JustUsed)
        {
            return Refusal.Conflict("This refresh token was used a moment ago. Take the tokens that were answered then; used once more later, it ends the session.");
        }

        context.Response.Headers.WWWAuthenticate = """Bearer error="invalid_token" """.TrimEnd();
        return new Refusal(StatusCodes.Status401Unauthorized, outcome == Refreshing.Stolen
            ? "This refresh token was used before, so the session was ended. Sign in again."
            : "This refresh token is mistyped, or its session has ended. Sign in again.");
    }

    /// <summary>Sign out</summary>
    /// <remarks>Ends the session that the call is made in: its access token and its refresh token are worthless at once.</remarks>
    [Needs(Right.OwnAccount)]
    internal static async Task<Results<NoContent, Refusal>> LogoutAsync([AsParameters] Call call)
    {
        if (call.User.TokenId != 0)
        {
            return Refusal.Conflict("A personal access token has no session to end. Revoke it with DELETE /api/v1/auth/tokens/{id}.");
        }

        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        await Sessions.EndAsync(call.Db, call.User.Id, call.User.SessionId, call.Cancel);
        await write.CommitAsync(call.Cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Get oneself</summary>
    /// <remarks>Who calls, as what, and for how long what was shown is good.</remarks>
    [Needs(Right.OwnAccount)]
    internal static async Task<Tagged<Me>> GetMeAsync([AsParameters] Call call)
    {
        var me = await ReadAsync(call);
        return new Tagged<Me>(me, me.Version);
    }

    /// <summary>Change oneself</summary>
    /// <remarks>A JSON merge patch: what is not sent stays as it is.</remarks>
    /// <param name="ifMatch">The ETag of oneself as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.OwnAccount)]
    internal static async Task<Results<Tagged<Me>, Refusal>> ChangeMeAsync(MergePatch<MePatch> patch, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var person = await call.Db.People.FirstAsync(p => p.Id == call.User.Id, call.Cancel);
        var version = (int)await FormConflict.SeenAsync(call.Db, nameof(Person), person.Id, call.Cancel);
        if ((ETags.Fits(ifMatch, version) ? patch.Mistakes() : new Refusal(StatusCodes.Status412PreconditionFailed)) is { } refusal)
        {
            return refusal;
        }

        person.Rename(patch.Has(nameof(MePatch.Name)) ? Typed.Line(patch.Values.Name) : person.Name);
        person.LiveIn(patch.Has(nameof(MePatch.TimeZone)) ? patch.Values.TimeZone is { Length: > 0 } zone ? zone : null : person.TimeZone);
        person.Prefer(patch.Has(nameof(MePatch.Theme)) ? patch.Values.Theme : person.Theme);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        var me = await ReadAsync(call);
        return new Tagged<Me>(me, me.Version);
    }

    private static async Task<Me> ReadAsync(Call call)
    {
        var (db, user) = (call.Db, call.User);
        var kind = user.TokenId != 0 ? CallerKind.Token : CallerKind.Browser;
        var scope = user.IsReadOnly ? TokenScope.Read : TokenScope.Write;
        var confirmed = user.TokenId != 0 ? (DateTime?)null : user.ConfirmedAt;
        return await db.People.AsNoTracking().Where(p => p.Id == user.Id)
            .Select(p => new Me(
                p.Id,
                p.Name,
                p.Email,
                p.Role,
                p.TimeZone,
                p.Theme,
                p.TwoFactorEnabled,
                db.Sessions.Any(s => s.Id == user.SessionId && s.AccessHash != null) ? CallerKind.Session : kind,
                scope,
                db.Sessions.Where(s => s.Id == user.SessionId).Select(s => (DateTime?)(s.AccessUntil ?? s.ExpiresAt)).FirstOrDefault()
                    ?? db.PersonalTokens.Where(t => t.Id == user.TokenId).Select(t => t.ExpiresAt).FirstOrDefault(),
                confirmed,
                (int)(db.Changes.Where(c => c.Kind == nameof(Person) && c.RecordId == p.Id).Max(c => (long?)c.Id) ?? 0)))
            .FirstAsync(call.Cancel);
    }
}
