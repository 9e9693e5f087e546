using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>
/// Keeps sessions in the database. The cookie holds only a random key; who that is, <see cref="KnownUsers"/> knows.
/// </summary>
public sealed class Sessions(LastSeen seen, KnownUsers known, TimeProvider time) : ITicketStore
{
    /// <summary>Asked as often as anything is written: it is compiled once.</summary>
    private static readonly Func<CrmDb, string, DateTime, CancellationToken, Task<KnownUser?>> Find = EF.CompileAsyncQuery(
        (CrmDb db, string hash, DateTime now, CancellationToken _) => db.Sessions
            .Where(s => s.KeyHash == hash && s.AccessHash == null && s.ExpiresAt > now && s.Person.DisabledAt == null && s.Person.DeletedAt == null)
            .Select(s => new KnownUser(
                s.LastSeenAt,
                s.ExpiresAt,
                new CurrentUser(s.PersonId, s.Person.Name, s.Person.Role, s.Person.TimeZone, s.Person.Theme, s.Id)
                {
                    ConfirmedAt = s.ConfirmedAt,
                    HasSecondFactor = s.HasSecondFactor,
                }))
            .FirstOrDefault());

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
        // Most pages that are given again need no database.
        CrmDb Db() => httpContext.RequestServices.GetRequiredService<CrmDb>();
        var found = await known.FindAsync(
            hash,
            now => Find(Db(), hash, now, cancellationToken),
            user => seen.NoteAsync(Db(), Db().Sessions.Where(s => s.KeyHash == hash), user.User.Id, user.SeenAt, RemoteAddress.Of(httpContext), cancellationToken));
        return found is null
            ? null
            : new(found.User.ToPrincipal(), new AuthenticationProperties { ExpiresUtc = found.Until, IsPersistent = true }, CurrentUser.Scheme);
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
}
