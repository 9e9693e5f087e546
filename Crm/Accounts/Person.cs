using Microsoft.AspNetCore.Identity;

namespace Crm.Accounts;

/// <summary>
/// Somebody who did something here: signs in, was invited, or came with an import and cannot sign in yet.
/// </summary>
public sealed class Person : IdentityUser<int>
{
    public const int NameLength = 100;

    /// <summary>What everybody is called who was deleted.</summary>
    public const string FormerName = "Former member";

    /// <summary>The longest address that mail knows.</summary>
    public const int EmailLength = 254;

    private Person()
    {
    }

    public string Name { get; private set; } = "";

    public Role Role { get; private set; }

    /// <summary>IANA name of the person's own time zone; null means the workspace's.</summary>
    public string? TimeZone { get; private set; }

    public Theme Theme { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>To a few minutes; see <see cref="Sessions"/>.</summary>
    public DateTime? LastSeenAt { get; private set; }

    /// <summary>When they got an account; null for people who came with an import and were not invited yet.</summary>
    public DateTime? JoinedAt { get; private set; }

    public DateTime? DisabledAt { get; private set; }

    /// <summary>Since then a former member: nothing personal is left, and what they wrote stays.</summary>
    public DateTime? DeletedAt { get; private set; }

    /// <summary>Where an imported person came from (<c>trello:5c92…</c>), so that the next import finds them again.</summary>
    public string? ImportKey { get; private set; }

    /// <summary>False for people who came with an import and were not invited yet, and for disabled ones.</summary>
    public bool CanSignIn => JoinedAt is not null && DisabledAt is null && DeletedAt is null;

    public bool IsTeam => Role >= Role.Member;

    /// <param name="email">Serves as the name to sign in with.</param>
    public static Person Register(string name, string email, Role role, DateTime now) =>
        new() { Name = name, Email = email, UserName = email, Role = role, CreatedAt = now, JoinedAt = now };

    /// <summary>A person known from elsewhere, who cannot sign in until invited.</summary>
    public static Person Imported(string name, string importKey, DateTime now) =>
        new()
        {
            Name = name,
            UserName = importKey,
            NormalizedUserName = importKey.ToUpperInvariant(),
            SecurityStamp = Guid.NewGuid().ToString(),
            ImportKey = importKey,
            Role = Role.Member,
            CreatedAt = now,
        };

    /// <summary>Somebody who is here was recognised in an import.</summary>
    public void CameFrom(string importKey) => ImportKey = importKey;

    /// <summary>From now on they have an account.</summary>
    public void Join(DateTime now) => JoinedAt ??= now;

    public void Rename(string name) => Name = name;

    public void LiveIn(string? timeZone) => TimeZone = timeZone;

    public void Prefer(Theme theme) => Theme = theme;

    public void Become(Role role) => Role = role;

    /// <summary>Also links that were mailed before are worthless from now on, should the account be enabled again.</summary>
    public void Disable(DateTime now) => (DisabledAt, SecurityStamp) = (DisabledAt ?? now, NewStamp());

    public void Enable() => DisabledAt = null;

    /// <summary>Gives the person the address to sign in with; links that were mailed to another are worthless.</summary>
    public void SignInWith(string email)
    {
        if (email != Email)
        {
            (Email, UserName, SecurityStamp) = (email, email, NewStamp());
        }
    }

    /// <summary>A new password for somebody who proved by a link who they are.</summary>
    public void Recover(string passwordHash, string securityStamp) => (PasswordHash, SecurityStamp) = (passwordHash, securityStamp);

    /// <summary>Nothing personal is left. The key of an import stays, so that another import does not bring them back.</summary>
    public void Leave(DateTime now)
    {
        Disable(now);
        DeletedAt = now;
        Name = FormerName;
        (Email, NormalizedEmail, EmailConfirmed, TimeZone, Theme, LastSeenAt) = (null, null, false, null, Theme.System, null);
        UserName = $"former:{Id}";
        NormalizedUserName = UserName.ToUpperInvariant();
        (PasswordHash, TwoFactorEnabled, PhoneNumber) = (null, false, null);
    }

    /// <summary>Links that were mailed before are worthless.</summary>
    public void ForgetLinks() => SecurityStamp = NewStamp();

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
