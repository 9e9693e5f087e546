namespace Crm.Shared;

/// <summary>The colour of a face or a label, made from its words: the same for the same words, everywhere and for ever.</summary>
public static class Hue
{
    private const int Hues = 12;

    public static int Of(string words)
    {
        // FNV-1a: string.GetHashCode differs from one start of the program to the next.
        var hash = 2166136261u;
        foreach (var letter in words)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        // Its lower bits alone are too much alike.
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        return (int)((hash ^ (hash >> 13)) % Hues);
    }

    /// <summary>Up to two letters that stand for a name.</summary>
    public static string Initials(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => "?",
            1 => First(words[0]),
            _ => First(words[0]) + First(words[^1]),
        };
    }

    private static string First(string word) => System.Globalization.StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
