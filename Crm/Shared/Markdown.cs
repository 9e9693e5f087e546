using System.Net;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Caching.Memory;

namespace Crm.Shared;

/// <summary>
/// Turns people's Markdown into HTML that cannot harm: raw HTML is shown as text, links lead to web, mail and this site
/// only, and pictures become links. What would take too long to read is shown as it was typed.
/// </summary>
public static class Markdown
{
    // Long threads are read far more often than written.
    private static readonly MemoryCache Rendered = new(new MemoryCacheOptions { SizeLimit = 4_000_000 });
    private static readonly MarkdownPipeline WithTables = Common().UsePipeTables().Build();
    private static readonly MarkdownPipeline WithoutTables = Common().Build();

    private static readonly MarkdownPipeline Trusted = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UseAutoLinks().UseTaskLists().Build();

    /// <param name="under">Level of the heading that the text stands under; its own headings go on from there.</param>
    public static IHtmlContent ToHtml(string? markdown, int under = 2)
    {
        if (string.IsNullOrWhiteSpace(markdown))
        {
            return HtmlString.Empty;
        }

        return Rendered.GetOrCreate((markdown, under), entry =>
        {
            var html = new HtmlString(Render(markdown, under));
            entry.Size = markdown.Length + html.Value!.Length;
            return html;
        })!;
    }

    /// <summary>
    /// The documentation, which is this program's own text: headings have ids as GitHub gives them, HTML counts as such.
    /// </summary>
    /// <param name="change">What is to be found out or changed before it is written.</param>
    public static IHtmlContent OfOurs(string markdown, Action<MarkdownDocument> change)
    {
        var document = Markdig.Markdown.Parse(markdown, Trusted);
        change(document);
        MakeReachable(document);
        return new HtmlString(Write(document, Trusted));
    }

    private static MarkdownPipelineBuilder Common() => new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks()
        .UseTaskLists()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseSoftlineBreakAsHardlineBreak();

    private static string Render(string markdown, int under)
    {
        if (MarkdownCost.IsTooHigh(markdown))
        {
            return Plain(markdown);
        }

        try
        {
            var pipeline = MarkdownCost.HasHugeTable(markdown) ? WithoutTables : WithTables;
            var document = Markdig.Markdown.Parse(markdown, pipeline);
            MarkdownLinks.Tame(document);
            if (MarkdownLinks.Length(document) > MarkdownCost.MostLinkText)
            {
                return Plain(markdown);
            }

            LevelHeadings(document, under);
            MakeReachable(document);
            return Write(document, pipeline);
        }
        catch (ArgumentException)
        {
            // Nested too deeply for the parser, which says so in this way.
            return Plain(markdown);
        }
    }

    private static string Write(MarkdownDocument document, MarkdownPipeline pipeline)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        pipeline.Setup(renderer);
        renderer.ObjectRenderers.FindExact<CodeBlockRenderer>()!.OutputAttributesOnPre = true;
        renderer.Render(document);
        return writer.ToString();
    }

    private static string Plain(string markdown) =>
        $"<p>{WebUtility.HtmlEncode(markdown).ReplaceLineEndings("<br />\n")}</p>";

    /// <summary>Headings never leave out a level, whatever people type.</summary>
    private static void LevelHeadings(MarkdownDocument document, int under)
    {
        var last = under;
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            last = heading.Level = Math.Min(Math.Min(heading.Level + under, last + 1), 6);
        }
    }

    /// <summary>What scrolls sideways can be reached by keyboard, and ticks are read out.</summary>
    private static void MakeReachable(MarkdownDocument document)
    {
        foreach (var block in document.Descendants().OfType<Block>().Where(b => b is CodeBlock or Table))
        {
            block.GetAttributes().AddPropertyIfNotExist("tabindex", "0");
        }

        // Its alignment would be an inline style, which the content security policy forbids.
        foreach (var column in document.Descendants<Table>().SelectMany(t => t.ColumnDefinitions))
        {
            column.Alignment = null;
        }

        foreach (var tick in document.Descendants<TaskList>())
        {
            tick.GetAttributes().AddPropertyIfNotExist("aria-label", tick.Checked ? "Done" : "Not done");
        }
    }
}
