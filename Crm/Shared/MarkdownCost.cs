namespace Crm.Shared;

/// <summary>
/// Tells before the parser starts what would keep it busy for long: it reads emphasis in quadratic time, and pads every
/// row of a table to the longest.
/// </summary>
internal static class MarkdownCost
{
    /// <summary>Most characters that addresses and titles of links may take together.</summary>
    public const int MostLinkText = 200_000;

    private const int MostText = 100_000;
    private const int MostMarks = 3_000;
    private const int MostCells = 20_000;

    public static bool IsTooHigh(string text) => text.Length > MostText || text.Count(c => c is '*' or '_' or '~' or '[' or '>') > MostMarks;

    public static bool HasHugeTable(string text)
    {
        long lines = 0;
        long widest = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lines++;
            widest = Math.Max(widest, line.Count('|'));
        }

        return lines * widest > MostCells;
    }
}
