using System.Security.Cryptography;
using System.Text;
using Crm.Shared;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Crm.Docs;

/// <summary>Makes a page of a Markdown file whose links and pictures work on GitHub, so that they work in the program too.</summary>
public static class DocsMarkdown
{
    private const string Pictures = "pictures/";
    private const string LightPicture = "-light.png";

    public static DocPage Read(string name, string markdown)
    {
        List<DocHeading> headings = [];
        List<string> links = [];
        var title = name;
        var hasDiagrams = false;
        var html = Markdown.OfOurs(markdown, document =>
        {
            title = document.Descendants<HeadingBlock>().FirstOrDefault(h => h.Level == 1) is { } first ? TextOf(first) : name;
            headings.AddRange(document.Descendants<HeadingBlock>().Select(h => new DocHeading(h.Level, h.GetAttributes().Id!, TextOf(h))));
            hasDiagrams = document.Descendants<FencedCodeBlock>().Any(block => block.Info == "mermaid");
            Head(document.Descendants<Table>());
            document.Descendants<Table>().ToList().ForEach(Align);
            foreach (var link in document.Descendants<LinkInline>().ToList())
            {
                Lead(link);
                links.AddRange(!link.IsImage && link.Url?.StartsWith('/') == true ? [link.Url] : []);
            }
        });
        return new DocPage(name, title, html, headings, hasDiagrams, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(markdown)))[..16], links);
    }

    /// <summary>What a relative link of a page means in the program.</summary>
    /// <returns>Null for what the program does not show: source files.</returns>
    internal static string? AddressOf(string link)
    {
        var parts = link.Split('#', 2);
        var anchor = parts.Length == 2 ? $"#{parts[1]}" : "";
        return parts[0] switch
        {
            "" => anchor,
            "../../README.md" => "/docs",
            var file when file.StartsWith(Pictures, StringComparison.Ordinal) => $"/docs/{file}",
            var file when file.EndsWith(".md", StringComparison.Ordinal) && !file.Contains('/', StringComparison.Ordinal) => DocsContents.AddressOf(file[..^3]) + anchor,
            _ => null,
        };
    }

    /// <summary>A table needs a head in Markdown; one that says nothing is left out.</summary>
    private static void Head(IEnumerable<Table> tables)
    {
        foreach (var (table, head) in tables.Select(table => (table, (TableRow)table[0])).ToList())
        {
            if (head.Descendants<LeafInline>().Any())
            {
                head.OfType<TableCell>().ToList().ForEach(cell => cell.GetAttributes().AddProperty("scope", "col"));
            }
            else
            {
                table.Remove(head);
            }
        }
    }

    /// <summary>By the style sheet: what an element says of its own style is not heard.</summary>
    private static void Align(Table table)
    {
        foreach (var cell in table.OfType<TableRow>().SelectMany(row => row.OfType<TableCell>()))
        {
            if (table.ColumnDefinitions[cell.Parent!.IndexOf(cell)].Alignment == TableColumnAlign.Right)
            {
                cell.GetAttributes().AddClass("num");
            }
        }

        table.ColumnDefinitions.ForEach(column => column.Alignment = null);
    }

    private static void Lead(LinkInline link)
    {
        if (link.Url is not { } url || url.StartsWith('/') || Uri.TryCreate(url, UriKind.Absolute, out _))
        {
            return;
        }

        link.Url = AddressOf(url);
        if (link.Url is null)
        {
            link.ReplaceBy(new ContainerInline());
        }
        else if (link.IsImage)
        {
            Show(link);
        }
    }

    /// <summary>A picture in light colours has one in dark colours beside it; the style sheet chooses.</summary>
    private static void Show(LinkInline picture)
    {
        picture.GetAttributes().AddProperty("loading", "lazy");
        if (!picture.Url!.EndsWith(LightPicture, StringComparison.Ordinal))
        {
            return;
        }

        var dark = new LinkInline(picture.Url[..^LightPicture.Length] + "-dark.png", "") { IsImage = true };
        dark.AppendChild(new LiteralInline(string.Concat(picture.Descendants<LiteralInline>().Select(l => l.Content.ToString()))));
        dark.GetAttributes().AddProperty("loading", "lazy");
        dark.GetAttributes().AddClass("when-dark");
        picture.GetAttributes().AddClass("when-light");
        picture.InsertAfter(dark);
    }

    private static string TextOf(HeadingBlock heading) => string.Concat(heading.Inline!.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    }));
}
