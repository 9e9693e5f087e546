using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace Crm.Web;

/// <summary><c>--help</c> with what one would type, and where the rest is told.</summary>
public sealed partial class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Settings = """
        Settings:
          Any setting can be given to serve as --NAME=VALUE, in the environment (Mail__Host) or in an
          appsettings.json in the data folder. All of them: Docs/configuration.md beside the program,
          or /docs/configuration in the running one. Secrets belong into the environment.

        """;

    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [""] = ["Crm", "Crm --data /srv/crm --urls http://127.0.0.1:8080", "Crm demo --data /tmp/look-around"],
        ["serve"] = ["Crm serve --data /srv/crm --urls http://127.0.0.1:8080", "Crm serve --Proxy:Addresses=127.0.0.1 --PublicUrl=https://crm.example", "Crm serve --Mail:Host=mail.example --Mail:From=crm@crm.example"],
        ["demo"] = ["Crm demo --data /tmp/look-around", "Crm demo --size team --data /tmp/team"],
        ["import"] = ["Crm import trello board.json --data /srv/crm"],
        ["trello"] = ["Crm import trello board.json --data /srv/crm"],
        ["user"] = ["Crm user add --email ines@crm.example --name \"Inès Moreau\" --role admin --password-stdin < password"],
        ["add"] = ["Crm user add --email ines@crm.example --name \"Inès Moreau\" --role admin --password-stdin < password"],
        ["backup"] = ["Crm backup /var/backups/crm.db --force --data /srv/crm"],
        ["restore"] = ["Crm restore /var/backups/crm.db --data /srv/crm"],
        ["health"] = ["Crm health http://127.0.0.1:8080/readyz"],
        ["check"] = ["Crm check --data /srv/crm"],
        ["docs"] = ["Crm docs --check"],
    };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var (output, command) = (parseResult.InvocationConfiguration.Output, parseResult.CommandResult.Command);
        using StringWriter text = new();
        parseResult.InvocationConfiguration.Output = text;
        var code = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(OfAnythingElse().Replace(text.ToString(), ""));
        var name = command is RootCommand ? "" : command.Name;
        if (name is "" or "serve")
        {
            output.WriteLine(Settings);
        }

        if (Examples.TryGetValue(name, out var lines))
        {
            output.WriteLine("Examples:");
            output.WriteLine(string.Join(Environment.NewLine, lines.Select(line => "  " + line)));
        }

        return code;
    }

    /// <summary>Where any setting may follow, the library speaks of arguments for another program.</summary>
    [GeneratedRegex(@" \[\[--\] <[^>]+>\.*\]\]?|Additional Arguments:\r?\n.*\r?\n\r?\n", RegexOptions.None, 1000)]
    private static partial Regex OfAnythingElse();
}
