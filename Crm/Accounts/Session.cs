namespace Crm.Accounts;

/// <summary>Where a session begins and by which proof.</summary>
/// <param name="Device">What the browser calls itself.</param>
/// <param name="Address">See <see cref="Web.RemoteAddress"/>.</param>
public sealed record SessionOrigin(string Device, string Address, SignInMethod Method, bool HasSecondFactor);

/// <summary>
/// One signed-in browser. Kept in the database, so that signing out, a changed password or a disabled account ends it
/// at once and a copied cookie is worth nothing afterwards.
/// </summary>
public sealed class Session
{
    /// <summary>However busy, a session ends after this long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private Session()
    {
    }

    public int Id { get; private set; }

    /// <summary>SHA-256 of the key in the cookie: a copy of the database opens no session.</summary>
    public string KeyHash { get; private set; } = "";

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

    /// <summary>Whoever sits at this browser has proved it once more; from now on it carries another key.</summary>
    public void Confirm(string keyHash, DateTime now) => (KeyHash, ConfirmedAt) = (keyHash, now);
}
