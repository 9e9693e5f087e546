using Crm.Accounts;
using Crm.Data;
using Crm.Notifications;
using Crm.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>A link that is shown once.</summary>
/// <param name="Email">Where it is mailed to as well.</param>
public sealed record NewLink(string Url, string? Email, Invitation Invitation);

/// <summary>The questions that are asked of invitations.</summary>
internal static class InvitationQueries
{
    /// <summary>Nobody has used it yet, and nobody has taken it back.</summary>
    public static IQueryable<Invitation> Waiting(this IQueryable<Invitation> invitations) => invitations.Where(i => i.AcceptedAt == null && i.RevokedAt == null);

    /// <summary>People known from an import, who have no account.</summary>
    public static IQueryable<Person> Invitable(this IQueryable<Person> people) => people.Where(p => p.JoinedAt == null && p.DisabledAt == null);
}

/// <summary>Makes invitations and their links. The caller holds the write transaction.</summary>
public sealed class Invitations(
    CrmDb db, CurrentUser user, UserManager<Person> users, Outbox outbox, PublicAddress address, WorkspaceCache workspace, TimeProvider time)
{
    public bool CanMail => outbox.IsOpen;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>The field and what is wrong with it; null for nothing.</returns>
    public async Task<(string Field, string Words)?> MistakeAsync(InvitePerson input, CancellationToken cancel)
    {
        if (input.ProjectId is { } project && !await db.Projects.AnyAsync(p => p.Id == project, cancel))
        {
            return (nameof(InvitePerson.ProjectId), "That project is not there any more. Choose another.");
        }

        return await HasAccountAsync(input.Email, cancel) ? (nameof(InvitePerson.Email), AccountEdits.Taken) : null;
    }

    private async Task<bool> HasAccountAsync(string? email, CancellationToken cancel)
    {
        var normal = users.NormalizeEmail(Typed.Line(email));
        return !string.IsNullOrEmpty(normal) && await db.People.AnyAsync(p => p.NormalizedEmail == normal, cancel);
    }

    /// <param name="personId">The imported person whom it lets in; earlier links for them are worthless from now on.</param>
    public async Task<NewLink> MakeAsync(InvitePerson input, int? personId, CancellationToken cancel)
    {
        var email = Typed.Line(input.Email) is { Length: > 0 } typed ? typed : null;
        foreach (var earlier in await db.Invitations.Where(i => personId != null && i.PersonId == personId && i.AcceptedAt == null).ToListAsync(cancel))
        {
            earlier.Revoke(Now);
        }

        var token = Secret.Make();
        var invitation = Invitation.Create(Secret.Hash(token), input.Role, email, personId, input.ProjectId, user.Id, Now);
        db.Invitations.Add(invitation);
        await db.SaveChangesAsync(cancel);
        return LinkFor(token, invitation);
    }

    public async Task<NewLink> RenewAsync(Invitation invitation, CancellationToken cancel)
    {
        var token = Secret.Make();
        invitation.Renew(Secret.Hash(token), Now);
        await db.SaveChangesAsync(cancel);
        return LinkFor(token, invitation);
    }

    /// <summary>Call when the invitation is saved for good.</summary>
    public Task MailAsync(NewLink link, CancellationToken cancel) =>
        outbox.TellAsync(link.Email, $"Join {workspace.Current.Name}", $"""
            Hello,

            {user.Name} invites you to {workspace.Current.Name}. Come in here:

            {link.Url}

            The link is good for {Invitation.Lifetime.Days} days and for one person.
            """, cancel);

    private NewLink LinkFor(string token, Invitation invitation) => new(address.Link($"/join/{token}")!, invitation.Email, invitation);
}
