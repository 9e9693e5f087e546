using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Crm.Accounts.Security;

/// <summary>The six digits of an authenticator app (RFC 6238), which change every thirty seconds.</summary>
public static class Totp
{
    private const int KeyBytes = 20;
    private const int Seconds = 30;

    // RFC 4648, as authenticator apps read keys
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <returns>160 random bits in the letters that authenticator apps take.</returns>
    public static string MakeKey() => Encode(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>What a QR code tells an app.</summary>
    public static string Address(string key, string account, string issuer) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={key}&issuer={Uri.EscapeDataString(issuer)}";

    /// <summary>
    /// Finds the half minute that a code is of. Clocks differ: the half minutes before and after the present one count too.
    /// </summary>
    /// <param name="after">The last one of which a code was taken: no code is good twice.</param>
    /// <returns>Null when the code is wrong or was used already.</returns>
    public static long? StepOf(string key, string? code, DateTime now, long after = -1)
    {
        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        var present = new DateTimeOffset(now, TimeSpan.Zero).ToUnixTimeSeconds() / Seconds;
        long? found = null;
        for (var step = present - 1; step <= present + 1; step++)
        {
            if (Matches(CodeOf(key, step), digits) && step > after)
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The code of a moment.</summary>
    public static string CodeAt(string key, DateTime now) => CodeOf(key, new DateTimeOffset(now, TimeSpan.Zero).ToUnixTimeSeconds() / Seconds);

    private static string CodeOf(string key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The algorithm that authenticator apps use; its known weaknesses do not matter to an HMAC.
        var hash = HMACSHA1.HashData(Decode(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static bool Matches(string right, string typed) =>
        right.Length == typed.Length && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(right), System.Text.Encoding.ASCII.GetBytes(typed));

    /// <summary>Bytes as letters and digits that nobody mistakes for each other, five bits each.</summary>
    internal static string Encode(byte[] bytes)
    {
        var letters = new char[bytes.Length * 8 / 5];
        for (var i = 0; i < letters.Length; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < (i * 5) + 5; bit++)
            {
                value = (value << 1) | ((bytes[bit / 8] >> (7 - (bit % 8))) & 1);
            }

            letters[i] = Alphabet[value];
        }

        return new string(letters);
    }

    private static byte[] Decode(string letters)
    {
        var bytes = new byte[letters.Length * 5 / 8];
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var five = Alphabet.IndexOf(letters[bit / 5], StringComparison.Ordinal);
            bytes[bit / 8] |= (byte)(((five >> (4 - (bit % 5))) & 1) << (7 - (bit % 8)));
        }

        return bytes;
    }
}
