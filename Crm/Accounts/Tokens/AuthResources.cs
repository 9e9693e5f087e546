using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Accounts.Tokens;

/// <summary>What a program signs in with on behalf of a person.</summary>
public sealed record Login
{
    /// <summary>The address that the person signs in with.</summary>
    [Display(Name = "E-mail")]
    [Line(Person.EmailLength, Required = true)]
    public string? Email { get; init; }

    [Display(Name = "Password")]
    [Required(ErrorMessage = "Password is needed.")]
    public string? Password { get; init; }

    /// <summary>Six digits of the authenticator app, for whoever has one. Each is good once.</summary>
    [Display(Name = "Code")]
    [MaxLength(100)]
    public string? Code { get; init; }

    /// <summary>One of the recovery codes, in place of <c>code</c>. Each is good once.</summary>
    [Display(Name = "Recovery code")]
    [MaxLength(100)]
    public string? RecoveryCode { get; init; }
}

/// <summary>A refresh token to be exchanged.</summary>
public sealed record RefreshLogin
{
    [Display(Name = "Refresh token")]
    [Required(ErrorMessage = "Refresh token is needed.")]
    [MaxLength(200)]
    public string? RefreshToken { get; init; }
}

/// <summary>The tokens of a session. They are shown this once.</summary>
/// <param name="AccessToken">Goes with each call as <c>Authorization: Bearer …</c>.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds for which the access token is good: 900, or less at the end of the session.</param>
/// <param name="RefreshToken">Good once, for the next pair of tokens.</param>
/// <param name="RefreshExpiresIn">Seconds until the session ends, however often it is refreshed: 30 days after signing in.</param>
public sealed record SessionTokens(string AccessToken, string TokenType, int ExpiresIn, string RefreshToken, int RefreshExpiresIn)
{
    internal static SessionTokens Of(CallTokens tokens, Session session, DateTime now) => new(
        tokens.Access, "Bearer", (int)(session.AccessUntil!.Value - now).TotalSeconds, tokens.Refresh, (int)(session.ExpiresAt - now).TotalSeconds);
}

/// <summary>How somebody who calls has shown who they are.</summary>
public enum CallerKind
{
    /// <summary>By the cookie of a browser's session.</summary>
    Browser,

    /// <summary>By the access token of a session.</summary>
    Session,

    /// <summary>By a personal access token.</summary>
    Token,
}

/// <summary>Whoever calls.</summary>
/// <param name="Email">What they sign in with.</param>
/// <param name="TimeZone">IANA name; null for the workspace's.</param>
/// <param name="Theme">Colours of the pages.</param>
/// <param name="HasSecondFactor">Whether the account asks for one beside the password.</param>
/// <param name="Kind">What was shown with this call.</param>
/// <param name="Scope">Whether it may change anything.</param>
/// <param name="ExpiresAt">When what was shown with this call is good no more.</param>
/// <param name="ConfirmedAt">When the person last proved who they are; null for personal access tokens. Operations that ask for a fresh proof want it within ten minutes.</param>
/// <param name="Version">Grows with each change of the account; the ETag begins with it.</param>
public sealed record Me(
    int Id,
    string Name,
    string? Email,
    Role Role,
    string? TimeZone,
    Theme Theme,
    bool HasSecondFactor,
    CallerKind Kind,
    TokenScope Scope,
    DateTime ExpiresAt,
    DateTime? ConfirmedAt,
    int Version);

/// <summary>What everybody changes of themselves. What is not sent stays as it is.</summary>
public sealed record MePatch
{
    [Display(Name = "Name")]
    [Line(Person.NameLength, Required = true)]
    public string? Name { get; init; }

    /// <summary>IANA name; null for the workspace's.</summary>
    [Display(Name = "Time zone")]
    [TimeZoneName]
    public string? TimeZone { get; init; }

    /// <summary>Colours of the pages.</summary>
    public Theme Theme { get; init; }
}
