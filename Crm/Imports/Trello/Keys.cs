using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Imports.Trello;

/// <summary>By which a thing that came from Trello is found again at the next import.</summary>
internal static class Keys
{
    private const string Prefix = "trello:";
    private const int IdLength = 80;

    public static string Of(string id) => Prefix + (id.Length <= IdLength ? id : Digest(id));

    /// <summary>For what has no id in the file: made from what it says.</summary>
    public static string Of(string? id, params string?[] otherwise) =>
        string.IsNullOrWhiteSpace(id) ? Prefix + Digest(string.Join('\u001f', otherwise)) : Of(id);

    /// <summary>Trello's ids begin with the second in which they were made.</summary>
    public static DateTime? TimeOf(string? id)
    {
        if (id is not { Length: 24 } || !uint.TryParse(id.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var seconds))
        {
            return null;
        }

        var time = DateTime.UnixEpoch.AddSeconds(seconds);
        return time.Year is >= 2000 and <= 2100 ? time : null;
    }

    private static string Digest(string text) => "x" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
