using System.Text.Json;
using Crm.Accounts.Security;
using Crm.Admin;
using Crm.Data;
using Crm.Notifications;
using Crm.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>An address that somebody wants to sign in with and has not confirmed yet.</summary>
/// <param name="Stamp">Of the person when they asked for it: a new password since then makes the link worthless.</param>
public sealed record PendingEmail(string Email, string TokenHash, DateTime ExpiresAt, string? Stamp);

/// <summary>How people change the address that they sign in with: by a link mailed to the new one, where mail can be sent.</summary>
public sealed class EmailChanges(
    CrmDb db, UserManager<Person> users, Outbox outbox, PublicAddress address, WorkspaceCache workspace, SecurityMail mail, TimeProvider time)
{
    private const string Provider = "Crm";
    private const string Key = "NewEmail";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>False when there is no mail server, so that an address holds as soon as it is written.</summary>
    public bool CanMail => outbox.IsOpen && address.Link("/") is not null;

    /// <summary>Whatever was not confirmed cannot be any more.</summary>
    public static Task ForgetAsync(CrmDb db, int personId, CancellationToken cancel) =>
        db.UserTokens.Where(t => t.UserId == personId && t.LoginProvider == Provider && t.Name == Key).ExecuteDeleteAsync(cancel);

    /// <returns>Null when nothing waits to be confirmed.</returns>
    public async Task<PendingEmail?> PendingAsync(int personId, CancellationToken cancel)
    {
        var kept = await db.UserTokens.AsNoTracking().Where(t => t.UserId == personId && t.LoginProvider == Provider && t.Name == Key)
            .Select(t => new { t.Value, Stamp = db.People.Where(p => p.Id == personId).Select(p => p.SecurityStamp).FirstOrDefault() })
            .FirstOrDefaultAsync(cancel);
        return kept?.Value is { } value && JsonSerializer.Deserialize<PendingEmail>(value) is { } pending && pending.ExpiresAt > Now && pending.Stamp == kept.Stamp
            ? pending
            : null;
    }

    /// <summary>Keeps the wish, in the caller's transaction.</summary>
    /// <returns>The token of the link to be mailed.</returns>
    public async Task<string> RequestAsync(Person person, string email, CancellationToken cancel)
    {
        var token = Secret.Make();
        await ForgetAsync(db, person.Id, cancel);
        db.UserTokens.Add(new IdentityUserToken<int>
        {
            UserId = person.Id,
            LoginProvider = Provider,
            Name = Key,
            Value = JsonSerializer.Serialize(new PendingEmail(email, Secret.Hash(token), Now + Lifetime, person.SecurityStamp)),
        });
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>Mails the link, or tells the owner of an address that is taken; whoever asked sees no difference.</summary>
    public async Task MailAsync(Person person, string email, string token, CancellationToken cancel)
    {
        var normal = users.NormalizeEmail(email);
        var isTaken = await db.People.AnyAsync(p => p.NormalizedEmail == normal && p.Id != person.Id, cancel);
        await outbox.PutAsync(email, $"Your address at {workspace.Current.Name}", isTaken
            ? $"""
            Hello,

            somebody wanted to use this address for their account at {workspace.Current.Name}. It has an account there already, so nothing was changed.

            If it was you, sign in with this address: {address.Link(SessionCookie.SignInPath)}
            """
            : $"""
            Hello {person.Name},

            from now on you want to sign in to {workspace.Current.Name} with this address. Confirm it here:

            {address.Link($"/email/{person.Id}/{token}")}

            The link is good for one day. If it was not you, do nothing.
            """, cancel);
    }

    /// <returns>The person and the address that the link confirms; null when it is not good.</returns>
    public async Task<(Person Person, string Email)?> FindAsync(int personId, string token, CancellationToken cancel)
    {
        var person = await db.People.FirstOrDefaultAsync(p => p.Id == personId, cancel);
        return person is { CanSignIn: true } && await PendingAsync(personId, cancel) is { } pending && pending.TokenHash == Secret.Hash(token)
            ? (person, pending.Email)
            : null;
    }

    /// <summary>Makes it the address, in the caller's transaction: sessions elsewhere end, and links mailed before are worthless.</summary>
    /// <returns>False when the address has an account.</returns>
    public async Task<bool> ApplyAsync(Person person, string email, int sessionId, CancellationToken cancel)
    {
        person.SignInWith(email);
        if (!(await users.UpdateAsync(person)).Succeeded)
        {
            db.ChangeTracker.Clear();
            return false;
        }

        await ForgetAsync(db, person.Id, cancel);
        await Sessions.EndAllAsync(db, person.Id, sessionId, cancel);
        return true;
    }

    /// <summary>Tells the old address, after it was saved.</summary>
    public Task TellAsync(string? old, string name, CancellationToken cancel) => mail.TellAsync(
        old,
        name,
        $"Your address at {workspace.Current.Name} was changed",
        "your account now has another address to sign in with, and this one opens it no more. An admin can give it back to you.",
        cancel);
}
