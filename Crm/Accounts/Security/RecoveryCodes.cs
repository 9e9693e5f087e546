using System.Security.Cryptography;

namespace Crm.Accounts.Security;

/// <summary>
/// Codes for whoever has lost their second factor, each good once. They are shown when they are made; the database knows only
/// their hashes, and 120 random bits each are too many for anybody to try through.
/// </summary>
public static class RecoveryCodes
{
    public const int Count = 10;

    private const int Bytes = 15;
    private const int GroupLength = 4;

    public static IReadOnlyList<string> Make() => [.. Enumerable.Range(0, Count).Select(_ => MakeOne())];

    /// <summary>How many are left, in words.</summary>
    public static string Left(int count) => count == 1 ? "One recovery code is left." : $"{count} recovery codes are left.";

    /// <summary>What is kept of a code, however it was typed.</summary>
    public static string Hash(string code) => Secret.Hash(new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]));

    private static string MakeOne() =>
        string.Join('-', Totp.Encode(RandomNumberGenerator.GetBytes(Bytes)).ToLowerInvariant().Chunk(GroupLength).Select(group => new string(group)));
}
