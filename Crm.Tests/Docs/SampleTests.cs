using System.CommandLine;
using System.Text.RegularExpressions;
using Crm.Docs.Reference;
using Markdig.Syntax;

namespace Crm.Tests.Docs;

/// <summary>What the pages tell people to type is what the program understands.</summary>
public sealed class SampleTests
{
    private static readonly Regex Ours = new(@"(^|[\s'|])(dotnet run --project Crm( -c Release)? --|Crm|dotnet Crm\.dll)( (?<args>[^'#|\n]*)|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex Word = new("\"(?<word>[^\"]*)\"|(?<word>\\S+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    [Fact]
    public void Every_command_of_every_page_is_one_that_the_program_takes()
    {
        var samples = Repository.MarkdownFiles.SelectMany(file => Lines(file).SelectMany(Commands).Select(args => (file, args))).ToList();

        Assert.DoesNotContain(samples.Select(sample => (sample.file, sample.args, Mistake: Mistake(sample.args))), sample => sample.Mistake is not null);
        Assert.InRange(samples.Count, 12, 1_000);
    }

    [Theory]
    [InlineData("bakcup FILE")]
    [InlineData("backup")]
    [InlineData("backup FILE --fast")]
    [InlineData("user add --email a@example.com")]
    [InlineData("demo --size huge")]
    [InlineData("serve --Mail:Hots=x")]
    public void The_look_at_commands_sees_a_mistake(string args) => Assert.NotNull(Mistake(args));

    /// <summary>Lines of all blocks of code that are no other language.</summary>
    private static IEnumerable<string> Lines(string file) =>
        Markdig.Markdown.Parse(File.ReadAllText(Path.Combine(Repository.Root, file))).Descendants<CodeBlock>()
            .Where(block => block is not FencedCodeBlock { Info: not (null or "" or "sh" or "console" or "bash") })
            .SelectMany(block => block.Lines.ToString().ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'));

    private static IEnumerable<string> Commands(string line) => line.Trim() is "" || Regex.IsMatch(line, @"^\s*dotnet (?!run|Crm)", RegexOptions.None, TimeSpan.FromSeconds(5)) ? [] : Ours.Matches(line).Select(match => match.Groups["args"].Value.Split(" && ")[0].Split(" < ")[0].Split(" > ")[0].Split(" &")[0].Trim());

    private static string? Mistake(string line)
    {
        if (line.Contains('[', StringComparison.Ordinal) || line == "COMMAND")
        {
            return null; // how a command is put together, not one to type
        }

        var parsed = Program.Commands().Parse([.. Word.Matches(line).Select(match => match.Groups["word"].Value)]);
        var odd = parsed.UnmatchedTokens.Where((token, place) => !IsSetting(token) && !(place > 0 && IsSetting(parsed.UnmatchedTokens[place - 1]) && !parsed.UnmatchedTokens[place - 1].Contains('='))).FirstOrDefault();
        return parsed.Errors.FirstOrDefault()?.Message ?? (odd is null ? null : $"{odd} is neither an option nor a setting");
    }

    private static bool IsSetting(string token) =>
        token.StartsWith("--", StringComparison.Ordinal) && ConfigurationReference.All.Any(setting => setting.Key.Equals(token[2..].Split('=')[0], StringComparison.OrdinalIgnoreCase));
}
