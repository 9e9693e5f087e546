using Crm.Data;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>What a try to prove who one is came to.</summary>
/// <param name="Wait">Set when it was not judged at all: from this address nobody may try before this has passed.</param>
public sealed record Verdict(bool IsGood, TimeSpan? Wait = null);

/// <summary>
/// Writes down every try to sign in, and slows guessing by what is written there: a restart forgets nothing.
/// <para><see cref="JudgeAsync"/> judges a proof of any kind (password, code, present password) and counts what is wrong;
/// <c>HttpContext.SignInAsync(person, method)</c> starts a session and writes it down. Nobody needs more than these two.</para>
/// </summary>
public sealed class SignInLog(CrmDb db, DeviceMark mark, NewDeviceMail mail, IHttpContextAccessor http, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private string Address => RemoteAddress.Of(http.HttpContext);

    private string Device => SignInEvent.Cut(http.HttpContext?.Request.Headers.UserAgent.ToString());

    /// <summary>
    /// Judges under the database's write lock, so that a hundred tries at the same moment count as a hundred. Begins and ends the
    /// transaction itself; read the person before without tracking. Takes the same steps whoever is asked for.
    /// </summary>
    /// <param name="personId">Null when the address belongs to nobody.</param>
    /// <param name="proof">Whether the proof is good; slow work (hashing) belongs before the call.</param>
    /// <param name="then">What a good proof leads to, in the same transaction: a session, or the question for a code.</param>
    public async Task<Verdict> JudgeAsync(
        int? personId, SignInMethod method, Func<Person, Task<bool>> proof, Func<Person, Task> then, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var person = await db.People.FirstOrDefaultAsync(p => p.Id == personId, cancel);
        if (await WaitAsync(personId, cancel) is { } wait)
        {
            return new Verdict(false, wait);
        }

        var failure = await FailureAsync(person, method, proof, cancel);
        if (failure is { } outcome)
        {
            await WriteAsync(person?.Id, outcome, method, cancel);
        }
        else
        {
            await then(person!);
            await db.SaveChangesAsync(cancel);
        }

        await write.CommitAsync(cancel);
        return new Verdict(failure is null);
    }

    /// <summary>How long nobody may try from this IP address; null when they may. A browser that the person has used always may.</summary>
    public async Task<TimeSpan?> WaitAsync(int? personId, CancellationToken cancel)
    {
        var (address, since, until) = (Address, Now - AccountLimits.Window, Now + AccountLimits.Window);
        var first = await db.SignIns
            .Where(e => e.Address == address && e.At > since && e.At < until && e.DeviceHash == null
                && e.Outcome != SignInOutcome.SignedIn && e.Outcome != SignInOutcome.AskedForLink && e.Outcome != SignInOutcome.UsedLink)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
            .Skip(AccountLimits.TriesPerAddress - 1)
            .Select(e => (DateTime?)e.At)
            .FirstOrDefaultAsync(cancel);
        return first is null || DeviceOf(personId) is not null ? null : first.Value + AccountLimits.Window - Now;
    }

    /// <summary>Writes down that somebody is in. Called by <c>HttpContext.SignInAsync(person, method)</c>, and for programs.</summary>
    /// <param name="isBrowser">Gets a mark by which it is known again. A program is known by its name and address.</param>
    internal async Task SignedInAsync(Person person, SignInMethod method, bool isBrowser, CancellationToken cancel)
    {
        var isKnown = mark.HashFor(person.Id) is not null || (!isBrowser && await IsKnownProgramAsync(person.Id, cancel));
        await WriteAsync(person.Id, SignInOutcome.SignedIn, method, cancel);
        if (isBrowser)
        {
            mark.Put(person.Id);
        }

        if (!isKnown && method != SignInMethod.Arrival)
        {
            mail.SendWhenSaved(person, Address, Now);
        }
    }

    /// <summary>Writes down that a reset link was asked for.</summary>
    /// <returns>Whether it may be mailed; false when there were too many lately, to this person or from this address.</returns>
    public async Task<bool> AskForLinkAsync(int? personId, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var (address, since, until) = (Address, Now - AccountLimits.LinkWindow, Now + AccountLimits.LinkWindow);
        var asked = db.SignIns.Where(e => e.Outcome == SignInOutcome.AskedForLink && e.At > since && e.At < until);
        var mayMail = await asked.CountAsync(e => e.PersonId == (personId ?? 0), cancel) < AccountLimits.LinksPerPerson
            & await asked.CountAsync(e => e.Address == address, cancel) < AccountLimits.LinksPerAddress;
        if (mayMail)
        {
            await WriteAsync(personId, SignInOutcome.AskedForLink, SignInMethod.ResetLink, cancel);
        }

        await write.CommitAsync(cancel);
        return mayMail;
    }

    /// <summary>Adds a line and saves it, in the caller's transaction.</summary>
    public async Task WriteAsync(int? personId, SignInOutcome outcome, SignInMethod method, CancellationToken cancel)
    {
        db.SignIns.Add(new SignInEvent
        {
            At = Now,
            PersonId = personId,
            Outcome = outcome,
            Method = method,
            Address = Address,
            Device = Device,
            DeviceHash = DeviceOf(personId),
        });
        await db.SaveChangesAsync(cancel);
    }

    private async Task<SignInOutcome?> FailureAsync(Person? person, SignInMethod method, Func<Person, Task<bool>> proof, CancellationToken cancel)
    {
        if (await IsThrottledAsync(person?.Id ?? 0, cancel))
        {
            return SignInOutcome.Throttled;
        }

        if (person is null || !await proof(person))
        {
            return method == SignInMethod.Password ? SignInOutcome.WrongPassword : SignInOutcome.WrongCode;
        }

        return person.CanSignIn ? null : SignInOutcome.Refused;
    }

    private Task<bool> IsKnownProgramAsync(int personId, CancellationToken cancel)
    {
        var (address, device) = (Address, Device);
        return db.SignIns.AnyAsync(e => e.PersonId == personId && e.Outcome == SignInOutcome.SignedIn && e.Address == address && e.Device == device, cancel);
    }

    private async Task<bool> IsThrottledAsync(int personId, CancellationToken cancel)
    {
        var (device, since, until) = (DeviceOf(personId), Now - AccountLimits.Window, Now + AccountLimits.Window);
        var wrong = await db.SignIns.CountAsync(
            e => e.PersonId == personId && e.At > since && e.At < until && e.DeviceHash == device
                && (e.Outcome == SignInOutcome.WrongPassword || e.Outcome == SignInOutcome.WrongCode),
            cancel);
        return wrong >= AccountLimits.TriesPerAccount;
    }

    /// <summary>Null for a browser in which the person has not signed in before. A session is as good as the mark.</summary>
    private string? DeviceOf(int? personId)
    {
        if (personId is not { } id)
        {
            return null;
        }

        var user = http.HttpContext is { } context ? CurrentUser.From(context.User) : CurrentUser.Nobody;
        return mark.HashFor(id) ?? (user.Id == id && user.SessionId != 0 ? Secret.Hash($"session {user.SessionId}") : null);
    }
}
