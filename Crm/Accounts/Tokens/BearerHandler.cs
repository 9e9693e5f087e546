using System.Text.Encodings.Web;
using Crm.Admin.Status;
using Crm.Data;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Accounts.Tokens;

/// <summary>
/// Knows a program by its <c>Authorization</c> header (see <see cref="KnownUsers"/>). A token that is not good is never made up for by
/// a cookie.
/// </summary>
public sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CrmDb db, LastSeen seen, KnownUsers known)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "bearer";

    private const string Kind = "Bearer ";

    private static readonly Func<CrmDb, string, DateTime, CancellationToken, Task<KnownUser?>> FindSession = EF.CompileAsyncQuery(
        (CrmDb db, string hash, DateTime now, CancellationToken _) => db.Sessions
            .Where(s => s.AccessHash == hash && s.AccessUntil > now && s.ExpiresAt > now && s.Person.DisabledAt == null && s.Person.DeletedAt == null)
            .Select(s => new KnownUser(
                s.LastSeenAt,
                s.AccessUntil < s.ExpiresAt ? s.AccessUntil!.Value : s.ExpiresAt,
                new CurrentUser(s.PersonId, s.Person.Name, s.Person.Role, s.Person.TimeZone, s.Person.Theme, s.Id)
                {
                    ConfirmedAt = s.ConfirmedAt,
                    HasSecondFactor = s.HasSecondFactor,
                }))
            .FirstOrDefault());

    private static readonly Func<CrmDb, string, DateTime, CancellationToken, Task<KnownUser?>> FindToken = EF.CompileAsyncQuery(
        (CrmDb db, string hash, DateTime now, CancellationToken _) => db.PersonalTokens
            .Where(t => t.Hash == hash && t.ExpiresAt > now && t.Person.DisabledAt == null && t.Person.DeletedAt == null)
            .Select(t => new KnownUser(
                t.LastUsedAt,
                t.ExpiresAt,
                new CurrentUser(t.PersonId, t.Person.Name, t.Person.Role, t.Person.TimeZone, t.Person.Theme, 0)
                {
                    HasSecondFactor = t.HasSecondFactor,
                    TokenId = t.Id,
                    IsReadOnly = t.Scope == TokenScope.Read,
                }))
            .FirstOrDefault());

    /// <summary>Under <c>/api</c>, and where programs ask how this one does, the header decides alone; elsewhere it means nothing.</summary>
    public static string Choose(HttpContext context) =>
        (context.Request.IsApi() || context.Request.Path == Health.Ready) && context.Request.Headers.Authorization.Count > 0 ? SchemeName : CurrentUser.Scheme;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        var token = header is [{ } only] && only.StartsWith(Kind, StringComparison.OrdinalIgnoreCase) ? only[Kind.Length..].Trim() : "";
        var found = token.StartsWith(BearerToken.Access, StringComparison.Ordinal) ? await OfSessionAsync(Secret.Hash(token))
            : token.StartsWith(BearerToken.Personal, StringComparison.Ordinal) ? await OfTokenAsync(Secret.Hash(token))
            : null;
        return found is null
            ? AuthenticateResult.Fail("No such token.")
            : AuthenticateResult.Success(new AuthenticationTicket(found.User.ToPrincipal(), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = """Bearer error="invalid_token" """.TrimEnd();
        return Task.CompletedTask;
    }

    private Task<KnownUser?> OfSessionAsync(string hash) => known.FindAsync(
        hash,
        now => FindSession(db, hash, now, Context.RequestAborted),
        found => seen.NoteAsync(db, db.Sessions.Where(s => s.Id == found.User.SessionId), found.User.Id, found.SeenAt, RemoteAddress.Of(Context), Context.RequestAborted));

    private Task<KnownUser?> OfTokenAsync(string hash) => known.FindAsync(
        hash,
        now => FindToken(db, hash, now, Context.RequestAborted),
        found => seen.NoteAsync(db, db.PersonalTokens.Where(t => t.Id == found.User.TokenId), found.User.Id, found.SeenAt, RemoteAddress.Of(Context), Context.RequestAborted));
}
