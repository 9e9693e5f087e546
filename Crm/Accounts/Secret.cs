using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Accounts;

/// <summary>What opens a session or an invitation: random, handed out once, and kept as its hash alone.</summary>
public static class Secret
{
    /// <returns>256 random bits, fit for addresses and cookies.</returns>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What the database knows of it: a copy of the database opens nothing.</summary>
    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
