using Crm.Accounts.Security;
using Crm.Admin;
using Crm.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.SingleSignOn;

/// <summary>What became of somebody for whom the provider vouches.</summary>
public enum Arrived
{
    In,

    /// <summary>The provider names no address, or none that it has verified.</summary>
    NoAddress,

    /// <summary>Nobody here goes by this address, and strangers do not come in.</summary>
    Unknown,

    /// <summary>The account is disabled.</summary>
    Disabled,

    /// <summary>Anybody could have registered with this address: its owner shows first that they know the password.</summary>
    PasswordFirst,
}

/// <summary>
/// Lets in those for whom the provider vouches: whom it has vouched for before, otherwise by the address that it has verified.
/// </summary>
public sealed class ProviderDoor(
    CrmDb db, UserManager<Person> users, Arrivals arrivals, Provider provider, SignInLog log, SecurityMail mail, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Arrived> SignInAsync(HttpContext context, Answer answer, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var known = await users.FindByLoginAsync(answer.Issuer, answer.Subject);
        var (person, refusal) = known is null ? await MeetAsync(answer, cancel) : (known, Arrived.In);
        if (refusal == Arrived.In && person is not { CanSignIn: true })
        {
            refusal = Arrived.Disabled;
        }

        if (refusal != Arrived.In)
        {
            await log.WriteAsync(person?.Id, SignInOutcome.Refused, SignInMethod.SingleSignOn, cancel);
            await write.CommitAsync(cancel);
            return refusal;
        }

        if (known is null)
        {
            await LinkAsync(person!, answer);
        }

        await context.SignInAsync(person!, SignInMethod.SingleSignOn, hasSecondFactor: true);
        await write.CommitAsync(cancel);
        if (known is null)
        {
            await TellAsync(person!, cancel);
        }

        return Arrived.In;
    }

    /// <summary>Call within a write transaction.</summary>
    /// <returns>False when the provider's person is linked to somebody else here.</returns>
    public async Task<bool> LinkAsync(Person person, Answer answer) =>
        (await users.AddLoginAsync(person, new UserLoginInfo(answer.Issuer, answer.Subject, provider.Name))).Succeeded;

    public Task TellAsync(Person person, CancellationToken cancel) =>
        mail.TellAsync(person, $"Your account opens with {provider.Name}", $"from now on whoever signs in at {provider.Name} as you comes into your account here.", cancel);

    /// <summary>Somebody whom the provider has not vouched for before.</summary>
    private async Task<(Person? Person, Arrived Arrived)> MeetAsync(Answer answer, CancellationToken cancel)
    {
        if (answer.Email is not { } email || !EmailAttribute.IsAddress(email))
        {
            return (null, Arrived.NoAddress);
        }

        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancel);
        if (await users.FindByEmailAsync(email) is { } person)
        {
            var isAnybodys = workspace.Registration == Registration.Open && person is { EmailConfirmed: false, PasswordHash: not null, Role: not Role.Admin };
            return (person, isAnybodys ? Arrived.PasswordFirst : Arrived.In);
        }

        var newcomer = new Newcomer(NameOf(answer, email), email, null, null, Guid.NewGuid().ToString("N"));
        var arrived = await ByInvitationAsync(newcomer, cancel) ?? await ByThemselvesAsync(newcomer, workspace);
        return (arrived, arrived is null ? Arrived.Unknown : Arrived.In);
    }

    private async Task<Person?> ByInvitationAsync(Newcomer newcomer, CancellationToken cancel)
    {
        var address = newcomer.Email.ToLowerInvariant();
        var hashes = await db.Invitations
            .Where(i => i.Email != null && i.Email.ToLower() == address && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > Now)
            .OrderByDescending(i => i.Id).Select(i => i.TokenHash).Take(5).ToListAsync(cancel);
        foreach (var hash in hashes)
        {
            if (await arrivals.FindByHashAsync(hash, cancel) is { } invitation)
            {
                return await arrivals.AcceptAsync(invitation, newcomer, cancel);
            }
        }

        return null;
    }

    private async Task<Person?> ByThemselvesAsync(Newcomer newcomer, Workspace workspace) =>
        provider.Register == OidcRegistration.None || workspace.Registration == Registration.Closed
            ? null
            : await arrivals.RegisterAsync(null, newcomer, provider.Register == OidcRegistration.Member ? Role.Member : Role.Client);

    private static string NameOf(Answer answer, string email)
    {
        var name = (answer.Name ?? "").Trim();
        return new Web.LineAttribute(Person.NameLength) { Required = true }.Check(name, "") is null ? name : email[..Math.Min(email.Length, Person.NameLength)];
    }
}
