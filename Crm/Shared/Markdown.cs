using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Caching.Memory;

namespace Crm.Shared;

/// <summary>
/// Turns people's Markdown into HTML that cannot harm: raw HTML is shown as text, links lead to web, mail and this site
/// only, and pictures of other sites become links.
/// </summary>
public static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks()
        .UsePipeTables()
        .UseTaskLists()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    // Long threads are read far more often than written.
    private static readonly MemoryCache Rendered = new(new MemoryCacheOptions { SizeLimit = 4_000_000 });

    public static IHtmlContent ToHtml(string? markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown))
        {
            return HtmlString.Empty;
        }

        return Rendered.GetOrCreate(markdown, entry =>
        {
            var html = new HtmlString(Render(markdown));
            entry.Size = markdown.Length + html.Value!.Length;
            return html;
        })!;
    }

    private static string Render(string markdown)
    {
        var document = Markdig.Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            Tame(link);
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !l.IsEmail && !IsSafe(l.Url)).ToList())
        {
            link.ReplaceBy(new LiteralInline(link.Url));
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            // The page's own headings come first: h1 and h2 are taken.
            heading.Level = Math.Min(heading.Level + 2, 6);
        }

        return document.ToHtml(Pipeline);
    }

    private static void Tame(LinkInline link)
    {
        if (link.IsImage)
        {
            link.IsImage = false;
            if (link.FirstChild is null)
            {
                link.AppendChild(new LiteralInline("picture"));
            }
        }

        if (!IsSafe(link.Url))
        {
            link.Url = "#";
        }
    }

    private static bool IsSafe(string? url)
    {
        var address = (url ?? "").Trim();
        return address.StartsWith('#')
            || (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal))
            || (Uri.TryCreate(address, UriKind.Absolute, out var absolute) && (absolute.Scheme is "http" or "https" or "mailto"));
    }
}
