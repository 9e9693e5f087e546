using System.Globalization;
using System.Text;

namespace Crm.Data;

/// <summary>Makes "Élan" findable as "elan" and "МОСКВА" as "москва", which the database's own comparison does for ASCII only.</summary>
public static class Folding
{
    internal const string Function = "fold";

    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(letter));
            }
        }

        return folded.ToString();
    }
}
