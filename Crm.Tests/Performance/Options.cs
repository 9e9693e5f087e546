using System.Globalization;

namespace Crm.Tests.Performance;

/// <summary>What to measure and for how long.</summary>
/// <param name="Sizes">Of the demonstration data.</param>
/// <param name="Seconds">Each page is asked for so long, after as long again to warm up.</param>
/// <param name="Program">One that was published already, to compare versions; null to publish this one.</param>
/// <param name="Out">The file that the report is written to, besides the screen; null for none.</param>
public sealed record Options(IReadOnlyList<string> Sizes, int Seconds, string? Program, string? Out)
{
    public const string Help = """
        Measures the release build and prints a report.
          --sizes team,large  demonstration data to measure with (default: team,large)
          --seconds 4         how long each page is asked for
          --program FILE      measure this program in place of publishing one
          --out FILE          write the report there too, as Markdown
        """;

    /// <returns>Null when something cannot be read.</returns>
    public static Options? Read(string[] args)
    {
        var options = new Options(["team", "large"], 4, null, null);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            options = args[i] switch
            {
                "--sizes" => options with { Sizes = args[i + 1].Split(',') },
                "--seconds" when int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var seconds) => options with { Seconds = seconds },
                "--program" => options with { Program = args[i + 1] },
                "--out" => options with { Out = args[i + 1] },
                _ => options with { Seconds = 0 },
            };
        }

        return args.Length % 2 == 0 && options.Seconds > 0 && options.Sizes.All(s => s is "small" or "team" or "large") ? options : null;
    }
}
