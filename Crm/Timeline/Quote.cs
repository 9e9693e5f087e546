using System.Text.RegularExpressions;

namespace Crm.Timeline;

/// <summary>What an entry answers, in a line.</summary>
/// <param name="Start">The beginning of its Markdown; null when it was deleted.</param>
public sealed partial record Quote(int Id, string Author, string? Start)
{
    /// <summary>So much of the text is read to find the first words in.</summary>
    public const int Longest = 200;

    private const int LongestShown = 80;

    public string ElementId => $"comment-{Id}";

    /// <summary>The first words, without the marks of Markdown.</summary>
    public string Words
    {
        get
        {
            var plain = Space().Replace(Marks().Replace(Start ?? "", ""), " ").Trim();
            if (plain.Length <= LongestShown)
            {
                return plain;
            }

            var end = plain.LastIndexOf(' ', LongestShown);
            return plain[..(end > 0 ? end : LongestShown)] + "…";
        }
    }

    public static Quote Of(Interaction entry) =>
        new(entry.Id, entry.Author.Name, entry.DeletedAt is null ? entry.Body[..Math.Min(entry.Body.Length, Longest)] : null);

    [GeneratedRegex(@"[*_~`#>|]|^\s*[-+]\s|!?\[|\]\([^)]*\)?", RegexOptions.Multiline, 1000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
