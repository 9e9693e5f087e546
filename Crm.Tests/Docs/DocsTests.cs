using System.Text.RegularExpressions;
using Crm.Docs;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Crm.Tests.Docs;

/// <summary>The files as GitHub shows them.</summary>
public sealed class DocsTests
{
    [Theory]
    [InlineData("asvs.md", 100)]
    [InlineData("security.md", 5)]
    public void Every_file_that_a_page_names_is_there(string page, int most)
    {
        var files = Repository.Files("Crm", "Crm.Tests", "wwwroot").Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);

        var named = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Docs, page)), @"[`(](?<name>[\w.-]+\.(cshtml|cs|js|md|txt))[`)]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)
            .Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.True(named.Count >= most, $"Only {named.Count} files are named.");
        Assert.DoesNotContain(named, file => !files.Contains(file));
    }

    [Fact]
    public void Every_link_of_every_page_leads_to_a_file_and_a_heading_that_are_there()
    {
        List<string> dead = [];
        foreach (var file in Repository.MarkdownFiles)
        {
            foreach (var url in Links(file).Where(url => !Uri.TryCreate(url, UriKind.Absolute, out _) && !url.StartsWith('/')))
            {
                var parts = url.Split('#', 2);
                var target = parts[0].Length == 0 ? Path.Combine(Repository.Root, file) : Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, parts[0]));
                var isThere = File.Exists(target) && (parts.Length == 1 || Headings(target).Contains(parts[1]));
                dead.AddRange(isThere ? [] : [$"{file}: {url}"]);
            }
        }

        Assert.Empty(dead);
    }

    [Fact]
    public void Every_page_stands_in_the_table_of_contents()
    {
        var named = DocsContents.Groups.SelectMany(group => group.Pages).ToList();

        Assert.Equal(named.Count, named.Distinct().Count());
        Assert.Empty(Directory.EnumerateFiles(Repository.Docs, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Except(named));
    }

    [Fact]
    public void Every_diagram_says_in_words_what_it_shows()
    {
        var diagrams = Repository.MarkdownFiles.SelectMany(file => Markdig.Markdown.Parse(Read(file)).Descendants<FencedCodeBlock>()
            .Where(block => block.Info == "mermaid").Select(block => (File: file, Source: block.Lines.ToString()))).ToList();

        Assert.NotEmpty(diagrams);
        Assert.All(diagrams, d => Assert.True(d.Source.Contains("accTitle: ", StringComparison.Ordinal) && d.Source.Contains("accDescr: ", StringComparison.Ordinal), $"A diagram of {d.File} lacks accTitle or accDescr:\n{d.Source}"));
    }

    [Fact]
    public void Every_picture_has_words_and_a_dark_one_beside_the_light_one()
    {
        foreach (var file in Repository.MarkdownFiles)
        {
            Assert.All(Markdig.Markdown.Parse(Read(file)).Descendants<LinkInline>().Where(link => link.IsImage), picture =>
            {
                Assert.True(picture.FirstChild is LiteralInline { Content.Length: > 5 }, $"{file}: {picture.Url} has no words");
                var other = Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, picture.Url!.Replace("-light", "-dark", StringComparison.Ordinal));
                Assert.True(File.Exists(other), $"{file}: there is no {other}");
            });
        }
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    private static IEnumerable<string> Links(string file) => Markdig.Markdown.Parse(Read(file)).Descendants<LinkInline>().Select(link => link.Url!);

    private static IEnumerable<string> Headings(string file) => DocsMarkdown.Read("page", File.ReadAllText(file)).Headings.Select(h => h.Id);
}
