using Crm.Accounts.Tokens;

namespace Crm.Accounts;

/// <summary>Where a session begins and by which proof.</summary>
/// <param name="Device">What the browser calls itself.</param>
/// <param name="Address">See <see cref="Web.RemoteAddress"/>.</param>
public sealed record SessionOrigin(string Device, string Address, SignInMethod Method, bool HasSecondFactor);

/// <summary>
/// One signed-in browser, or one program. Kept in the database, so that signing out, a changed password or a disabled account ends it
/// at once and a copied cookie is worth nothing afterwards.
/// </summary>
public sealed class Session
{
    /// <summary>However busy, a session ends after this long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>A program gets a new access token after this long, as long as it has not been shut out meanwhile.</summary>
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(15);

    private Session()
    {
    }

    public int Id { get; private set; }

    /// <summary>SHA-256 of the key in the cookie, or of the refresh token: a copy of the database opens no session.</summary>
    public string KeyHash { get; private set; } = "";

    /// <summary>SHA-256 of a program's access token; null for a browser's session, which no token opens.</summary>
    public string? AccessHash { get; private set; }

    public DateTime? AccessUntil { get; private set; }

    /// <summary>SHA-256 of what all refresh tokens of a program's session have in common.</summary>
    public string? FamilyHash { get; private set; }

    /// <summary>SHA-256 of the refresh token before the present one.</summary>
    public string? FormerKeyHash { get; private set; }

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public string Device { get; private set; } = "";

    /// <summary>IP address that it was last seen at.</summary>
    public string Address { get; private set; } = "";

    public SignInMethod Method { get; private set; }

    /// <summary>More than one proof was given: a code or a passkey beside the password, or what the provider of single sign-on asks.</summary>
    public bool HasSecondFactor { get; private set; }

    /// <summary>When this browser last proved who sits at it; guards changes of the account.</summary>
    public DateTime ConfirmedAt { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime LastSeenAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    /// <summary>When a program got its present tokens.</summary>
    public DateTime? RefreshedAt { get; private set; }

    public static Session Start(string keyHash, int personId, SessionOrigin origin, DateTime now) =>
        new()
        {
            KeyHash = keyHash,
            PersonId = personId,
            Device = SignInEvent.Cut(origin.Device),
            Address = origin.Address,
            Method = origin.Method,
            HasSecondFactor = origin.HasSecondFactor,
            CreatedAt = now,
            ConfirmedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + Lifetime,
        };

    public static Session StartForCalls(CallTokens tokens, int personId, SessionOrigin origin, DateTime now)
    {
        var session = Start("", personId, origin, now);
        session.FamilyHash = Secret.Hash(CallTokens.FamilyOf(tokens.Refresh)!);
        session.Refresh(tokens, now);
        session.FormerKeyHash = null;
        return session;
    }

    /// <summary>From now on the program has these tokens; those before open nothing.</summary>
    public void Refresh(CallTokens tokens, DateTime now)
    {
        (FormerKeyHash, KeyHash, AccessHash) = (KeyHash, Secret.Hash(tokens.Refresh), Secret.Hash(tokens.Access));
        (RefreshedAt, AccessUntil) = (now, now + AccessLifetime < ExpiresAt ? now + AccessLifetime : ExpiresAt);
    }

    /// <summary>Whoever sits at this browser has proved it once more; from now on it carries another key.</summary>
    public void Confirm(string keyHash, DateTime now) => (KeyHash, ConfirmedAt) = (keyHash, now);
}
