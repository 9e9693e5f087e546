using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace Crm.Tests.Docs;

/// <summary>A call of the API guide as it stands there, and what the guide says comes of it.</summary>
/// <param name="Command">With curl.</param>
/// <param name="Answer">Status, headers and body; null where the guide shows none.</param>
internal sealed partial record GuideSample(string Command, string? Answer)
{
    /// <summary>All of a page, in its order.</summary>
    public static IEnumerable<GuideSample> Of(string markdown)
    {
        var blocks = Markdig.Markdown.Parse(markdown).Descendants<FencedCodeBlock>().ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Info == "sh")
            {
                var answer = i + 1 < blocks.Count && blocks[i + 1].Info == "http" ? blocks[i + 1].Lines.ToString() : null;
                var commands = blocks[i].Lines.ToString().Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line.StartsWith("curl ", StringComparison.Ordinal)).ToList();
                foreach (var command in commands)
                {
                    yield return new GuideSample(command, command == commands[^1] ? answer : null);
                }
            }
        }
    }

    /// <summary>What curl would send.</summary>
    /// <param name="variables">Of the shell.</param>
    public HttpRequestMessage ToRequest(IReadOnlyDictionary<string, string> variables)
    {
        var words = Words().Matches(Command).Skip(1).Select(word => Word(word.Value, variables)).ToList();
        var request = new HttpRequestMessage();
        string? method = null, body = null;
        List<(string Name, string Value)> headers = [];
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "-s" or "-i" or "-si":
                    break;
                case "-X":
                    method = words[++i];
                    break;
                case "-d":
                    body = words[++i];
                    break;
                case "-H":
                    var header = words[++i].Split(": ", 2);
                    headers.Add((header[0], header[1]));
                    break;
                default:
                    request.RequestUri = new Uri(words[i], UriKind.Absolute);
                    break;
            }
        }

        request.Method = new HttpMethod(method ?? (body is null ? "GET" : "POST"));
        request.Content = body is null ? null : new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        headers.ForEach(h => _ = request.Headers.TryAddWithoutValidation(h.Name, h.Value) || request.Content!.Headers.TryAddWithoutValidation(h.Name, h.Value));
        return request;
    }

    private static string Word(string word, IReadOnlyDictionary<string, string> variables) => word[0] == '\''
        ? word[1..^1]
        : Variable().Replace(word[0] == '"' ? word[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal) : word, match => variables[match.Groups["name"].Value]);

    [GeneratedRegex("""'[^']*'|"(?:\\.|[^"\\])*"|\S+""", RegexOptions.None, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"\$(?<name>[A-Z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
