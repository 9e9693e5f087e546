using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Crm.Accounts.SingleSignOn;

/// <summary>The provider that vouches for people, where one is configured.</summary>
public sealed partial class Provider(IOptions<OidcSettings> settings, TimeProvider time, ILogger<Provider> log)
{
    public const string Scheme = "oidc";
    public const string AnswerScheme = "oidc-answer";

    private const string AskedAt = "asked-at";

    /// <summary>How far two clocks may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    public bool IsThere => settings.Value.IsComplete;

    public string Name => settings.Value.Name;

    public OidcRegistration Register => settings.Value.Register;

    /// <summary>Sends the browser to the provider, and from there to a page of this site.</summary>
    /// <param name="isAnew">The person has to prove themselves there again, even if they have a session there.</param>
    /// <returns>False when the provider cannot be reached; the browser has not been sent then.</returns>
    public async Task<bool> AskAsync(HttpContext context, string then, bool isAnew)
    {
        var properties = new OpenIdConnectChallengeProperties
        {
            RedirectUri = then,
            Items = { [AskedAt] = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
        };
        if (isAnew)
        {
            (properties.Prompt, properties.MaxAge) = ("login", TimeSpan.Zero);
        }

        try
        {
            await context.ChallengeAsync(Scheme, properties);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            Unreachable(e);
            return false;
        }
    }

    /// <returns>Null when the provider has said nothing within the last ten minutes.</returns>
    public async Task<Answer?> HearAsync(HttpContext context)
    {
        if (!IsThere || await context.AuthenticateAsync(AnswerScheme) is not { Succeeded: true } heard)
        {
            return null;
        }

        var claims = heard.Principal;
        string? Of(string type) => claims.FindFirst(type)?.Value;
        if (Of(Answer.IssuerClaim) is not { } issuer || Of("sub") is not { Length: > 0 } subject)
        {
            return null;
        }

        var isVerified = string.Equals(Of(Answer.EmailVerified), "true", StringComparison.OrdinalIgnoreCase);
        return new Answer(issuer, subject, isVerified ? Of("email") : null, Of("name"), IsAnew(heard.Properties, Of("auth_time")));
    }

    public static Task ForgetAsync(HttpContext context) => context.SignOutAsync(AnswerScheme);

    /// <summary>Whether the person has proved themselves there since they were sent.</summary>
    private static bool IsAnew(AuthenticationProperties properties, string? provedAt) =>
        properties.Items.TryGetValue(AskedAt, out var asked)
        && long.TryParse(asked, CultureInfo.InvariantCulture, out var since)
        && long.TryParse(provedAt, CultureInfo.InvariantCulture, out var at)
        && at >= since - (long)ClockSkew.TotalSeconds;

    [LoggerMessage(LogLevel.Warning, "The provider of single sign-on does not answer.")]
    private partial void Unreachable(Exception exception);
}

/// <summary>What the provider says of a person.</summary>
/// <param name="Email">Null unless the provider has verified that it is theirs.</param>
/// <param name="IsAnew">They have proved themselves there since they were sent, and not only some time before.</param>
public sealed record Answer(string Issuer, string Subject, string? Email, string? Name, bool IsAnew)
{
    public const string EmailVerified = "email_verified";

    /// <summary>Our own name of the claim that says who said it.</summary>
    internal const string IssuerClaim = "crm_issuer";
}
