using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Webhooks;

/// <summary>Signs messages as Standard Webhooks says: HMAC-SHA256 over id, timestamp and body, one for each secret that is live.</summary>
public static class Signature
{
    public const string SecretPrefix = "whsec_";

    private const string Version = "v1,";

    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    /// <param name="timestamp">Seconds since 1970.</param>
    public static string Of(string id, long timestamp, string body, params IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}"));
        return string.Join(' ', secrets.Select(secret => Version + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed))));
    }

    private static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[SecretPrefix.Length..]);
}
