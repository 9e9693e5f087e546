using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Accounts.SingleSignOn;

/// <summary>Who may come in through single sign-on that has no account and no invitation.</summary>
public enum OidcRegistration
{
    None,
    Client,
    Member,
}

/// <summary>
/// The provider of single sign-on (OpenID Connect, code flow with PKCE). Give it <c>…/sign-in/sso/callback</c> as the address to come back to.
/// </summary>
[Settings("Oidc")]
public sealed class OidcSettings : IValidatableObject
{
    /// <summary>The provider's address. Without one there is no single sign-on.</summary>
    public string? Authority { get; set; }

    /// <summary>How the provider knows this program.</summary>
    public string? ClientId { get; set; }

    /// <summary>What this program proves itself with there, if the provider wants it.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the button calls the provider.</summary>
    public string Name { get; set; } = "single sign-on";

    /// <summary>Who comes in through it without an account or an invitation: nobody, or everybody there as that.</summary>
    public OidcRegistration Register { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(Authority) && string.IsNullOrWhiteSpace(ClientId))
        {
            yield return new ValidationResult("is needed where Oidc:Authority is set", [nameof(ClientId)]);
        }

        if (!string.IsNullOrWhiteSpace(Authority) && !(Uri.TryCreate(Authority, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)))
        {
            yield return new ValidationResult("must be an address that begins with https://", [nameof(Authority)]);
        }
    }

    public bool IsComplete => !string.IsNullOrWhiteSpace(Authority) && !string.IsNullOrWhiteSpace(ClientId);
}
