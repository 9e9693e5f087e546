using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Tokens;

/// <summary>One's own personal access tokens over the API.</summary>
public static class TokensApi
{
    private static readonly Keyset<PersonalToken> Newest = Keyset<PersonalToken>.ById("newest", isDescending: true);

    public static void MapTokens(this RouteGroupBuilder auth)
    {
        auth.MapGet("/tokens", ListAsync).WithName("listTokens");
        auth.MapPost("/tokens", CreateAsync).WithName("createToken");
        auth.MapDelete("/tokens/{id:int}", DeleteAsync).WithName("revokeToken");
    }

    /// <summary>List one's personal access tokens</summary>
    /// <remarks>The newest first, expired ones included. Their secrets are known to nobody any more.</remarks>
    [Needs(Right.OwnAccount)]
    internal static async Task<Listed<TokenResource>> ListAsync([AsParameters] PageQuery page, [AsParameters] Call call) =>
        new(await ReadAsync(call.User.Id, page, call));

    /// <summary>Make a personal access token</summary>
    /// <remarks>
    /// For programs that run by themselves. It does what its owner may do, or only reads it; what asks for a fresh proof of who calls
    /// is not done for it. The token is answered this once. Its owner is told by mail.
    /// </remarks>
    [Needs(Right.OwnAccount)]
    [AskAgain]
    internal static async Task<Results<MadeOnce<MadeToken>, Refusal>> CreateAsync(NewToken input, PersonalTokens tokens, CancellationToken cancel)
    {
        if (await tokens.MakeAsync(input, cancel) is not var (token, secret))
        {
            return Refusal.Conflict(PersonalTokens.TooMany);
        }

        var made = new MadeToken(secret, token.Id, token.Name, token.Scope, token.LastFour, token.CreatedAt, token.ExpiresAt);
        return new MadeOnce<MadeToken>(made, $"{ApiRoutes.Prefix}/auth/tokens");
    }

    /// <summary>Revoke a personal access token</summary>
    /// <remarks>It opens nothing from then on, and cannot be brought back.</remarks>
    [Needs(Right.OwnAccount)]
    internal static async Task<Results<NoContent, Refusal>> DeleteAsync(int id, PersonalTokens tokens, [AsParameters] Call call) =>
        await tokens.RevokeAsync(call.User.Id, id, call.Cancel) ? TypedResults.NoContent() : Refusal.NotFound;

    /// <summary>Of one person.</summary>
    internal static Task<Slice<TokenResource>> ReadAsync(int personId, PageQuery page, Call call) => Newest.ReadAsync(
        call.Db.PersonalTokens.AsNoTracking().Where(t => t.PersonId == personId),
        page,
        all => all.Select(t => new TokenResource(t.Id, t.Name, t.Scope, t.LastFour, t.CreatedAt, t.ExpiresAt, t.LastUsedAt, t.LastAddress)),
        t => t.Id,
        call.Cancel);
}
