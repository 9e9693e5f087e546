using System.CommandLine;
using Crm.Docs.Reference;

namespace Crm.Docs;

/// <summary><c>docs [DIR]</c>: writes the pages of the documentation that follow from the code.</summary>
public sealed class DocsCommand : Command
{
    private readonly Argument<string> _folder = new("DIR") { Description = "Where the documentation lies.", DefaultValueFactory = _ => "Crm/Docs" };
    private readonly Option<bool> _check = new("--check") { Description = "Write nothing; say which pages are not as they would be written, and exit with 1 then." };

    public DocsCommand()
        : base("docs", "Write the references of the documentation from the code: database, configuration, commands, permissions.")
    {
        Arguments.Add(_folder);
        Options.Add(_check);
        SetAction(async (parsed, cancel) =>
        {
            var folder = Path.GetFullPath(parsed.GetValue(_folder)!);
            if (!Directory.Exists(folder))
            {
                throw new DirectoryNotFoundException($"There is no folder {folder}. Name the one that holds the documentation.");
            }

            var stale = await StaleAsync(folder, parsed.RootCommandResult.Command as RootCommand ?? Program.Commands(), cancel);
            foreach (var (file, text) in parsed.GetValue(_check) ? [] : stale)
            {
                await File.WriteAllTextAsync(file, text, cancel);
            }

            var words = (stale.Count, parsed.GetValue(_check)) switch
            {
                (0, _) => "The references are as the code is.",
                (_, true) => $"Not as the code is: {Names(stale)}. Run 'dotnet run --project Crm -- docs' and commit what it writes.",
                _ => $"Written: {Names(stale)}.",
            };
            await parsed.InvocationConfiguration.Output.WriteLineAsync(words);
            return stale.Count > 0 && parsed.GetValue(_check) ? 1 : 0;
        });
    }

    /// <summary>What differs from what would be written.</summary>
    private static async Task<IReadOnlyList<(string File, string Text)>> StaleAsync(string folder, RootCommand commands, CancellationToken cancel)
    {
        List<(string File, string Text)> stale = [];
        foreach (var name in GeneratedPages.Files)
        {
            var (file, text) = (Path.Combine(folder, name), GeneratedPages.Write(name, commands));
            if (!File.Exists(file) || (await File.ReadAllTextAsync(file, cancel)).ReplaceLineEndings("\n") != text)
            {
                stale.Add((file, text));
            }
        }

        return stale;
    }

    private static string Names(IEnumerable<(string File, string Text)> pages) => string.Join(", ", pages.Select(p => Path.GetFileName(p.File)));
}
