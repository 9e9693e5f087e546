using Crm.Accounts.Security;
using Crm.Data;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Tokens;

public enum Refreshing
{
    Done,

    /// <summary>No refresh token of a session that lives.</summary>
    Unknown,

    /// <summary>It was used a moment ago, most likely by the same program at the same time.</summary>
    JustUsed,

    /// <summary>An old one: one of two who have it is a thief, so the session has ended.</summary>
    Stolen,
}

/// <summary>Sessions of programs: in the same table as those of browsers, and so in the same lists and ended by the same acts.</summary>
public sealed class CallSessions(CrmDb db, SignInLog log, SecurityMail mail, IHttpContextAccessor http, TimeProvider time)
{
    /// <summary>
    /// For so long a refresh token that was just used ends nothing: of a program's parallel calls one refreshes, and the others
    /// are told to take what that one got. Nobody gets anything for it.
    /// </summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>For a person who has just proved who they are. Call within a write transaction.</summary>
    public async Task<SessionTokens> StartAsync(Person person, SignInMethod method, bool hasSecondFactor, CancellationToken cancel)
    {
        var tokens = CallTokens.Make();
        var context = http.HttpContext;
        var origin = new SessionOrigin(context?.Request.Headers.UserAgent.ToString() ?? "", RemoteAddress.Of(context), method, hasSecondFactor);
        var session = Session.StartForCalls(tokens, person.Id, origin, Now);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancel);
        await db.Sessions.Where(s => s.PersonId == person.Id && s.ExpiresAt <= Now).ExecuteDeleteAsync(cancel);
        await db.People.Where(p => p.Id == person.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.LastSeenAt, Now), cancel);
        await log.SignedInAsync(person, method, isBrowser: false, cancel);
        return SessionTokens.Of(tokens, session, Now);
    }

    public async Task<(Refreshing Outcome, SessionTokens? Tokens)> RefreshAsync(string token, CancellationToken cancel)
    {
        var family = CallTokens.FamilyOf(token) is { } known ? Secret.Hash(known) : null;
        if (family is null || !await db.Sessions.AnyAsync(s => s.FamilyHash == family, cancel))
        {
            return (Refreshing.Unknown, null);
        }

        await using var write = await db.BeginWriteAsync(cancel);
        var session = await db.Sessions.Include(s => s.Person).FirstOrDefaultAsync(s => s.FamilyHash == family, cancel);
        if (session is null || session.ExpiresAt <= Now || !session.Person.CanSignIn)
        {
            return (Refreshing.Unknown, null);
        }

        var hash = Secret.Hash(token);
        if (session.KeyHash == hash)
        {
            var tokens = CallTokens.Make(CallTokens.FamilyOf(token));
            session.Refresh(tokens, Now);
            await db.SaveChangesAsync(cancel);
            await write.CommitAsync(cancel);
            return (Refreshing.Done, SessionTokens.Of(tokens, session, Now));
        }

        if (session.FormerKeyHash == hash && Now - session.RefreshedAt <= Leeway)
        {
            return (Refreshing.JustUsed, null);
        }

        db.Sessions.Remove(session);
        await log.WriteAsync(session.PersonId, SignInOutcome.Refused, session.Method, cancel);
        await write.CommitAsync(cancel);
        await mail.TellAsync(
            session.Person,
            "A program's session was ended",
            $"a program showed a token of your session on {Device.NameOf(session.Device)} that had been replaced already. It may have been copied, so that session was ended. Sign in again from the program.",
            cancel);
        return (Refreshing.Stolen, null);
    }
}
