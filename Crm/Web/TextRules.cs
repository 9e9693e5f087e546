using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Crm.Web;

/// <summary>What people may type: how long, whether it may be empty, and that everybody can see all of it.</summary>
public abstract class TextRule(int max, bool allowLines) : ValidationAttribute
{
    /// <summary>Most characters (UTF-16 units).</summary>
    public int Max { get; } = max;

    public bool Required { get; init; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var error = Check(value as string, validationContext.DisplayName);
        return error is null ? ValidationResult.Success : new ValidationResult(error, [validationContext.MemberName ?? ""]);
    }

    /// <returns>A sentence that says what is wrong, or null.</returns>
    public string? Check(string? text, string label)
    {
        if (text is null || text.All(IsBlank))
        {
            return Required ? $"{label} is needed." : null;
        }

        if (text.Length > Max)
        {
            return $"{label} is too long: {text.Length:N0} characters, and at most {Max:N0} fit.";
        }

        return text.Any(Unseen) || text.Any(TurnsText) || HasBrokenPair(text) ? $"{label} holds a character that cannot be shown. Please take it out." : null;
    }

    // What only formats other letters, such as a zero-width space, is nothing to see by itself.
    private static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format;

    // U+202A to U+202E and U+2066 to U+2069 turn the direction of what follows: words would not read as they are.
    private static bool TurnsText(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private bool Unseen(char letter) => char.IsControl(letter) && !(allowLines && letter is '\n' or '\r' or '\t');

    private static bool HasBrokenPair(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One line of text, such as a name.</summary>
public sealed class LineAttribute(int max) : TextRule(max, allowLines: false);

/// <summary>Text with paragraphs, such as a comment.</summary>
public sealed class ProseAttribute(int max) : TextRule(max, allowLines: true);

/// <summary>Text as it is kept: browsers send other line ends than they show.</summary>
public static class Typed
{
    public static string Line(string? text) => (text ?? "").Trim();

    public static string Prose(string? text) => (text ?? "").ReplaceLineEndings("\n").TrimEnd();
}
