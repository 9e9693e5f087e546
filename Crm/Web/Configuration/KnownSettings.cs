using Crm.Docs.Reference;

namespace Crm.Web.Configuration;

/// <summary>Which settings there are, and which was most likely meant by one that there is not.</summary>
internal static class KnownSettings
{
    /// <summary>So many wrong letters are a slip.</summary>
    private const int Slips = 3;

    /// <summary>What ASP.NET Core and OpenTelemetry read by themselves, with whatever is below it.</summary>
    private static readonly string[] Foreign = ["Logging", "Kestrel", "environment", "contentRoot", "applicationName", "$schema"];

    private static readonly HashSet<string> Roots = ConfigurationReference.Keys.Select(RootOf).Concat(Foreign).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a setting, or one that stands where there are settings.</summary>
    public static bool HasRoot(string key) => Roots.Contains(RootOf(key)) || key.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase);

    /// <returns>Such as “ Did you mean Mail:Host?”, or nothing.</returns>
    public static string Guess(string key) => Guess(key, ConfigurationReference.Keys);

    /// <param name="known">Whatever could have been meant.</param>
    public static string Guess(string key, IEnumerable<string> known)
    {
        var nearest = known
            .Select(word => (Word: word, Distance: Distance(word.ToUpperInvariant(), key.ToUpperInvariant()))).MinBy(k => k.Distance);
        return nearest.Distance <= Slips && nearest.Distance < key.Length ? $" Did you mean {nearest.Word}?" : "";
    }

    private static string RootOf(string key) => key.Split(':')[0];

    /// <summary>How many letters have to be put in, taken out or changed (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var corner = row[0]++;
            for (var j = 0; j < other.Length; j++)
            {
                var changed = corner + (one[i] == other[j] ? 0 : 1);
                corner = row[j + 1];
                row[j + 1] = Math.Min(changed, Math.Min(row[j], corner) + 1);
            }
        }

        return row[^1];
    }
}
