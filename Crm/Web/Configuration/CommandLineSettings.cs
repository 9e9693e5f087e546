using Crm.Docs.Reference;

namespace Crm.Web.Configuration;

/// <summary>The settings of a command line: <c>--Name=value</c> or <c>--Name value</c>.</summary>
/// <param name="Args">What can be read, for the host.</param>
/// <param name="Problems">A sentence for each that cannot.</param>
public sealed record CommandLineSettings(IReadOnlyList<string> Args, IReadOnlyList<string> Problems)
{
    private static readonly string[] Options = [.. ConfigurationReference.Keys.Select(key => "--" + key), "--data", "--help", "--version"];

    public static CommandLineSettings Read(IReadOnlyList<string> tokens)
    {
        List<string> args = [];
        List<string> problems = [];
        for (var i = 0; i < tokens.Count; i++)
        {
            var (token, parts) = (tokens[i], tokens[i].Split('=', 2));
            var next = i + 1 < tokens.Count && !tokens[i + 1].StartsWith('-') ? tokens[i + 1] : null;
            if (!token.StartsWith("--", StringComparison.Ordinal))
            {
                problems.Add($"'{token}' is no option: options begin with two dashes.");
            }
            else if (!KnownSettings.HasRoot(parts[0][2..]))
            {
                problems.Add($"There is no option '{parts[0]}'.{KnownSettings.Guess(parts[0], Options)} --help lists those that there are.");
                i += parts.Length == 1 && next is not null ? 1 : 0;
            }
            else if (parts.Length == 1 && next is null)
            {
                problems.Add($"The option '{token}' needs a value: {token}=VALUE.");
            }
            else
            {
                args.Add(parts.Length == 1 ? $"{token}={next}" : token);
                i += parts.Length == 1 ? 1 : 0;
            }
        }

        return new CommandLineSettings(args, problems);
    }
}
