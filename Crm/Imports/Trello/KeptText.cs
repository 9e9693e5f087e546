using System.Globalization;
using Crm.Web;

namespace Crm.Imports.Trello;

/// <summary>Makes any text fit what the same field takes from a person who types it.</summary>
internal static class KeptText
{
    private const char Ellipsis = '…';

    /// <summary>One line without letters that nobody can see; empty if nothing else is left.</summary>
    public static string Line(string? text)
    {
        var line = Typed.Line(string.Concat((text ?? "").Select(c => c is '\n' or '\r' or '\t' or '\u2028' or '\u2029' ? ' ' : c).Where(c => !char.IsControl(c))));
        return line.All(IsInvisible) ? "" : line;
    }

    /// <summary>Text with paragraphs.</summary>
    public static string Prose(string? text) =>
        Typed.Prose(string.Concat(Typed.Prose(text).Where(c => c is '\n' or '\t' || !char.IsControl(c))));

    /// <summary>The beginning of a text, ending at a whole letter and with an ellipsis.</summary>
    public static string Cut(string text, int max) => text.Length <= max ? text : text[..WholeLetters(text, max - 1)].TrimEnd() + Ellipsis;

    /// <summary>A long text in parts that fit, parted between paragraphs or words where there are any.</summary>
    public static IEnumerable<string> Parts(string text, int max)
    {
        while (text.Length > max)
        {
            var end = text.LastIndexOf('\n', max - 1, max / 2);
            end = end < 0 ? text.LastIndexOf(' ', max - 1, max / 2) : end;
            end = end < 0 ? WholeLetters(text, max) : end + 1;
            yield return text[..end].TrimEnd();
            text = text[end..];
        }

        yield return text.TrimEnd();
    }

    private static int WholeLetters(string text, int max)
    {
        // Never between the halves of a surrogate pair, and where possible not inside an emoji of several signs.
        var end = char.IsLowSurrogate(text[max]) ? max - 1 : max;
        var start = Math.Max(0, end - 64);
        var letters = StringInfo.ParseCombiningCharacters(text[start..Math.Min(text.Length, end + 64)]);
        var whole = letters.LastOrDefault(letter => start + letter <= end);
        return whole > 0 ? start + whole : end;
    }

    private static bool IsInvisible(char letter) =>
        char.IsWhiteSpace(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned;
}
