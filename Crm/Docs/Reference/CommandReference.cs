using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using System.Text.RegularExpressions;

namespace Crm.Docs.Reference;

/// <summary>Every command with its arguments and options, from the tree that reads them.</summary>
internal static class CommandReference
{
    private static readonly Regex Typed = new(@"--[\w-]+(?: https?://\S+)?", RegexOptions.NonBacktracking);

    private const string Head = """
        # Commands

        Written by `Crm docs` from the commands themselves. Everything is one program: `dotnet run --project Crm -- COMMAND` in a
        clone, `Crm COMMAND` where it is published. `--help` after any of them says the same, and `--version` which version it is.
        They exit with 0, or with 1 and a sentence on the standard error when something cannot be. To `serve`, any setting of the
        [configuration](configuration.md) can be given as `--NAME=VALUE`.

        Each of them takes:
        """;

    public static string ToMarkdown(RootCommand root)
    {
        var text = new StringBuilder(Head);
        var shared = root.Options.Where(o => o is { Recursive: true, Hidden: false } && IsOurs(o)).ToList();
        Table(text, "option", shared);
        foreach (var (path, command) in root.Subcommands.SelectMany(c => Leaves(c, c.Name)))
        {
            text.Append("\n## ").Append(path).Append("\n\n").Append(Words(command)).Append("\n\n");
            text.Append("```sh\n").AppendJoin(' ', Usage(path, command)).Append("\n```\n");
            Table(text, "argument", command.Arguments.Where(a => !a.Hidden));
            Table(text, "option", command.Options.Where(o => !o.Hidden && IsOurs(o)));
        }

        return text.ToString();
    }

    /// <summary>Commands that do something, not those that only hold others.</summary>
    public static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0 ? [(path, command)] : command.Subcommands.SelectMany(c => Leaves(c, $"{path} {c.Name}"));

    private static bool IsOurs(Option option) => option is not (System.CommandLine.Help.HelpOption or VersionOption);

    private static IEnumerable<string> Usage(string path, Command command) =>
    [
        $"Crm {path}",
        .. command.Arguments.Where(a => !a.Hidden).Select(a => a.HasDefaultValue ? $"[{a.Name}]" : a.Name),
        .. command.Options.Where(o => !o.Hidden && IsOurs(o)).Select(o => o.Required ? Form(o) : $"[{Form(o)}]"),
    ];

    private static string Form(Option option) => option.ValueType == typeof(bool) ? option.Name : $"{option.Name} {option.HelpName ?? Values(option)}";

    private static string Values(Option option)
    {
        var choices = option.GetCompletions(CompletionContext.Empty).Select(c => c.Label).Order(StringComparer.Ordinal).ToList();
        return choices.Count > 0 ? string.Join('|', choices) : option.Name.TrimStart('-').ToUpperInvariant();
    }

    /// <summary>What somebody would type stands out.</summary>
    private static string Words(Symbol symbol) => Typed.Replace(symbol.Description ?? "", "`$0`");

    private static void Table(StringBuilder text, string head, IEnumerable<Symbol> symbols)
    {
        var rows = symbols.ToList();
        if (rows.Count == 0)
        {
            return;
        }

        text.Append("\n| ").Append(head).Append(" | meaning | default |\n|---|---|---|\n");
        foreach (var symbol in rows)
        {
            var (name, standard) = symbol switch
            {
                Option option => (Form(option), option.Required ? "needed" : option.ValueType == typeof(bool) ? "" : option.HasDefaultValue ? $"`{option.GetDefaultValue()}`" : ""),
                Argument argument => (argument.Name, argument.HasDefaultValue ? $"`{argument.GetDefaultValue()}`" : "needed"),
                _ => (symbol.Name, ""),
            };
            text.Append("| `").Append(GeneratedPages.Cell(name)).Append("` | ").Append(GeneratedPages.Cell(Words(symbol))).Append(" | ").Append(standard).Append(" |\n");
        }
    }
}
