namespace Crm.Accounts.SingleSignOn;

/// <summary>Who may come in through single sign-on that has no account and no invitation.</summary>
public enum OidcRegistration
{
    None,
    Client,
    Member,
}

/// <summary>The provider of single sign-on, from the settings <c>Oidc:Authority</c>, <c>Oidc:ClientId</c> and so on.</summary>
public sealed class OidcSettings
{
    /// <summary>The provider's address. Without one there is no single sign-on.</summary>
    public string? Authority { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>What the button calls the provider.</summary>
    public string Name { get; set; } = "single sign-on";

    public OidcRegistration Register { get; set; }

    public bool IsComplete => !string.IsNullOrWhiteSpace(Authority) && !string.IsNullOrWhiteSpace(ClientId);
}
