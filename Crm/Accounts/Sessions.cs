using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>
/// Keeps sessions in the database. The cookie holds only a random key; who that is, and whether they may still come in,
/// is read anew as soon as anything in the database has changed.
/// </summary>
public sealed class Sessions(LastSeen seen, DataVersion versions, TimeProvider time) : ITicketStore
{
    private const int MostKnown = 10_000;

    /// <summary>Asked as often as anything is written: it is compiled once.</summary>
    private static readonly Func<CrmDb, string, DateTime, CancellationToken, Task<Found?>> Find = EF.CompileAsyncQuery(
        (CrmDb db, string hash, DateTime now, CancellationToken _) => db.Sessions
            .Where(s => s.KeyHash == hash && s.AccessHash == null && s.ExpiresAt > now && s.Person.DisabledAt == null && s.Person.DeletedAt == null)
            .Select(s => new Found(
                s.LastSeenAt,
                s.ExpiresAt,
                new CurrentUser(s.PersonId, s.Person.Name, s.Person.Role, s.Person.TimeZone, s.Person.Theme, s.Id)
                {
                    ConfirmedAt = s.ConfirmedAt,
                    HasSecondFactor = s.HasSecondFactor,
                }))
            .FirstOrDefault());

    private readonly UntilWritten<Found> _known = new(versions, MostKnown);

    /// <summary>Starts a session for a person who has proved who they are.</summary>
    /// <returns>The key to put into the cookie.</returns>
    public async Task<string> StartAsync(CrmDb db, int personId, SessionOrigin origin, CancellationToken cancel = default)
    {
        var key = Secret.Make();
        db.Sessions.Add(Session.Start(Secret.Hash(key), personId, origin, Now));
        await db.SaveChangesAsync(cancel);
        await db.Sessions.Where(s => s.PersonId == personId && s.ExpiresAt <= Now).ExecuteDeleteAsync(cancel);
        await db.People.Where(p => p.Id == personId).ExecuteUpdateAsync(p => p.SetProperty(x => x.LastSeenAt, Now), cancel);
        return key;
    }

    /// <returns>False when the person has no such session.</returns>
    public static async Task<bool> EndAsync(CrmDb db, int personId, int sessionId, CancellationToken cancel) =>
        await db.Sessions.Where(s => s.PersonId == personId && s.Id == sessionId).ExecuteDeleteAsync(cancel) > 0;

    /// <summary>Ends all of a person's sessions, but for the one named.</summary>
    public static Task EndAllAsync(CrmDb db, int personId, int exceptId = 0, CancellationToken cancel = default) =>
        db.Sessions.Where(s => s.PersonId == personId && s.Id != exceptId).ExecuteDeleteAsync(cancel);

    public static Task EndEverybodysAsync(CrmDb db, CancellationToken cancel = default) => db.Sessions.ExecuteDeleteAsync(cancel);

    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        StartAsync(
            httpContext.RequestServices.GetRequiredService<CrmDb>(),
            CurrentUser.From(ticket.Principal).Id,
            new SessionOrigin(
                httpContext.Request.Headers.UserAgent.ToString(),
                RemoteAddress.Of(httpContext),
                SigningIn.MethodOf(ticket.Properties),
                SigningIn.HasSecondFactor(ticket.Properties)),
            cancellationToken);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var hash = Secret.Hash(key);
        var moment = _known.Moment;
        if (moment is { } present && _known.Find(present, hash) is { } known && known.ExpiresAt > Now && !seen.IsDue(known.LastSeenAt))
        {
            return known.ToTicket();
        }

        var db = httpContext.RequestServices.GetRequiredService<CrmDb>();
        await db.StayOpenAsync(cancellationToken);
        if (await Find(db, hash, Now, cancellationToken) is not { } found)
        {
            return null;
        }

        await seen.NoteAsync(db, db.Sessions.Where(s => s.KeyHash == hash), found.User.Id, found.LastSeenAt, RemoteAddress.Of(httpContext), cancellationToken);
        if (moment is { } asked)
        {
            _known.Keep(asked, hash, found, 1);
        }

        return found.ToTicket();
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task RemoveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var hash = Secret.Hash(key);
        return httpContext.RequestServices.GetRequiredService<CrmDb>()
            .Sessions.Where(s => s.KeyHash == hash).ExecuteDeleteAsync(cancellationToken);
    }

    Task<string> ITicketStore.StoreAsync(AuthenticationTicket ticket) => throw OutsideARequest();

    Task ITicketStore.RenewAsync(string key, AuthenticationTicket ticket) => throw OutsideARequest();

    Task<AuthenticationTicket?> ITicketStore.RetrieveAsync(string key) => throw OutsideARequest();

    Task ITicketStore.RemoveAsync(string key) => throw OutsideARequest();

    private static InvalidOperationException OutsideARequest() => new("Sessions are read and written within requests.");

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private sealed record Found(DateTime LastSeenAt, DateTime ExpiresAt, CurrentUser User)
    {
        public AuthenticationTicket ToTicket() =>
            new(User.ToPrincipal(), new AuthenticationProperties { ExpiresUtc = ExpiresAt, IsPersistent = true }, CurrentUser.Scheme);
    }
}
