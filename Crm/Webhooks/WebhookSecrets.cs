using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Crm.Webhooks;

/// <summary>
/// Makes the secrets that messages are signed with, and keeps them sealed by the keys of the data folder: a copy of the database
/// alone tells none.
/// </summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const int Bytes = 32;

    private readonly IDataProtector _seal = protection.CreateProtector("Crm.Webhooks.Secret");

    /// <summary>A new one, as its receiver writes it down.</summary>
    public static string Make() => Signature.SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    public string Seal(string secret) => _seal.Protect(secret);

    /// <returns>False when the key that sealed it is lost.</returns>
    public bool TryOpen(string sealedSecret, [NotNullWhen(true)] out string? secret)
    {
        try
        {
            secret = _seal.Unprotect(sealedSecret);
            return true;
        }
        catch (CryptographicException)
        {
            secret = null;
            return false;
        }
    }
}
