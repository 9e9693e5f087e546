using Crm.Admin;
using Crm.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>What a newcomer wrote down, with the password judged and hashed already.</summary>
/// <param name="PasswordHash">Null for whoever comes in by single sign-on.</param>
public sealed record Newcomer(string Name, string Email, string? TimeZone, string? PasswordHash, string SecurityStamp);

/// <summary>How people come in: through a link that somebody gave them, or by themselves where that is allowed.</summary>
public sealed class Arrivals(CrmDb db, UserManager<Person> users, Actor actor, SignInLog log, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>Null when the link is unknown, used, revoked or too old, or nobody may come in now.</returns>
    public Task<Invitation?> FindAsync(string token, CancellationToken cancel) => FindByHashAsync(Secret.Hash(token), cancel);

    /// <inheritdoc cref="FindAsync"/>
    public async Task<Invitation?> FindByHashAsync(string hash, CancellationToken cancel)
    {
        var invitation = await db.Invitations.Include(i => i.Person).Include(i => i.InvitedBy).FirstOrDefaultAsync(i => i.TokenHash == hash, cancel);
        var isTaken = invitation?.Person is { } person && (person.JoinedAt is not null || person.DisabledAt is not null);
        var isClosed = await db.Workspaces.AnyAsync(w => w.Registration == Registration.Closed, cancel);
        return invitation?.IsOpen(Now) == true && !isTaken && !isClosed ? invitation : null;
    }

    /// <summary>Call within a write transaction, after <see cref="FindAsync"/> there.</summary>
    /// <returns>Null when the address has an account already.</returns>
    public async Task<Person?> AcceptAsync(Invitation invitation, Newcomer newcomer, CancellationToken cancel)
    {
        if (await RegisterAsync(invitation.Person, newcomer, invitation.Role) is not { } person)
        {
            return null;
        }

        invitation.Accept(Now);
        var project = await db.Projects.Include(p => p.Members).FirstOrDefaultAsync(p => p.Id == invitation.ProjectId, cancel);
        project?.Add(person.Id);
        await db.SaveChangesAsync(cancel);
        return person;
    }

    /// <summary>
    /// Notes that somebody tried to come in with an address that has an account. What they see is what everybody sees who came
    /// in, so that nobody learns who is here; the account's owner finds it in their history.
    /// </summary>
    public async Task TurnAwayAsync(Invitation? invitation, Newcomer newcomer, CancellationToken cancel)
    {
        // What was to become of the newcomer must not be saved.
        db.ChangeTracker.Clear();
        var id = invitation?.Id ?? 0;
        (await db.Invitations.FirstOrDefaultAsync(i => i.Id == id, cancel))?.Accept(Now);
        await db.SaveChangesAsync(cancel);
        var address = users.NormalizeEmail(newcomer.Email);
        var owner = await db.People.Where(p => p.NormalizedEmail == address).Select(p => (int?)p.Id).FirstOrDefaultAsync(cancel);
        await log.WriteAsync(owner, SignInOutcome.Refused, SignInMethod.Arrival, cancel);
    }

    /// <param name="present">Somebody known from an import, who keeps what they wrote.</param>
    /// <returns>Null when the address has an account already.</returns>
    public async Task<Person?> RegisterAsync(Person? present, Newcomer newcomer, Role role)
    {
        var person = present ?? Person.Register(newcomer.Name, newcomer.Email, role, Now);
        if (present is not null)
        {
            actor.ActAs(present.Id, Timeline.Via.Web);
            present.Rename(newcomer.Name);
            present.SignInWith(newcomer.Email);
            present.Become(role);
            present.Join(Now);
        }

        person.LiveIn(newcomer.TimeZone);
        (person.PasswordHash, person.SecurityStamp) = (newcomer.PasswordHash, newcomer.SecurityStamp);
        var saved = present is null ? await users.CreateAsync(person) : await users.UpdateAsync(person);
        return saved.Succeeded ? person : null;
    }
}
