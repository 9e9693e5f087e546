using System.CommandLine;
using Crm.Accounts;

namespace Crm.Docs.Reference;

/// <summary>The pages of the documentation that are written from the code.</summary>
internal static class GeneratedPages
{
    private static readonly IReadOnlyDictionary<string, Func<RootCommand, string>> Writers = new SortedDictionary<string, Func<RootCommand, string>>(StringComparer.Ordinal)
    {
        ["commands.md"] = CommandReference.ToMarkdown,
        ["configuration.md"] = _ => ConfigurationReference.ToMarkdown(),
        ["database.md"] = _ => DatabaseReference.ToMarkdown(),
        ["permissions.md"] = _ => PermissionTable.ToMarkdown(),
    };

    public static IEnumerable<string> Files => Writers.Keys;

    public static string Write(string file, RootCommand commands) => Writers[file](commands).ReplaceLineEndings("\n");

    /// <summary>Words in a cell of a table.</summary>
    public static string Cell(string words) => words.Replace("|", "\\|", StringComparison.Ordinal);
}
