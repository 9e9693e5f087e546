namespace Crm.Accounts;

/// <summary>How somebody proved who they are.</summary>
public enum SignInMethod
{
    Password,
    Passkey,
    SingleSignOn,

    /// <summary>An invitation's link, or setting up the workspace.</summary>
    Arrival,

    AuthenticatorCode,
    RecoveryCode,

    /// <summary>A link to choose a new password.</summary>
    ResetLink,
}

public enum SignInOutcome
{
    SignedIn,
    WrongPassword,
    WrongCode,

    /// <summary>Not judged at all, because there were too many wrong tries before.</summary>
    Throttled,

    /// <summary>The proof was good, and the account may not be used.</summary>
    Refused,

    /// <summary>A reset link was asked for.</summary>
    AskedForLink,

    /// <summary>A new password was chosen through a reset link.</summary>
    UsedLink,
}

/// <summary>One try to sign in. Kept for a year; shown to the person and to admins, and counted to slow down guessing.</summary>
public sealed class SignInEvent
{
    /// <summary>The longest text of an IPv6 address, with its zone.</summary>
    public const int AddressLength = 64;

    public const int DeviceLength = 200;

    public long Id { get; init; }

    public DateTime At { get; init; }

    /// <summary>Null when the e-mail belongs to nobody; what was typed is not kept.</summary>
    public int? PersonId { get; init; }

    public Person? Person { get; private set; }

    public SignInOutcome Outcome { get; init; }

    public SignInMethod Method { get; init; }

    /// <summary>See <see cref="Web.RemoteAddress"/>.</summary>
    public string Address { get; init; } = "";

    /// <summary>What the browser calls itself.</summary>
    public string Device { get; init; } = "";

    /// <summary>Hash of the mark that a browser carries in which this person has signed in before; null for any other.</summary>
    public string? DeviceHash { get; init; }

    /// <summary>As much of a browser's name as is kept.</summary>
    public static string Cut(string? device) => device is { Length: > DeviceLength } ? device[..DeviceLength] : device ?? "";
}
