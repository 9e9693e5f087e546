using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Crm.Shared;
using Microsoft.AspNetCore.Html;

namespace Crm.Tests.Shared;

public sealed class MarkdownTests
{
    private static readonly HashSet<string> Harmless =
        [
            "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "input", "li", "ol", "p", "pre", "strong",
            "table", "tbody", "td", "th", "thead", "tr", "ul",
        ];

    private static readonly HashSet<string> HarmlessAttributes =
        ["href", "rel", "title", "class", "start", "type", "checked", "disabled", "aria-label", "tabindex"];

    public static TheoryData<string> Attacks { get; } = new(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div>\n<script>alert(1)</script>\n</div>",
        "<!--><script>alert(1)</script>-->",
        "<?php ?><svg onload=alert(1)>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "text <b onmouseover=alert(1)>bold</b>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a]( javascript:alert(1))",
        "[a](<javascript:alert(1)>)",
        "[a](<java\tscript:alert(1)>)",
        "[a](&#106;avascript:alert(1))",
        "[a](&#x6A;avascript:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](java&Tab;script:alert(1))",
        "[a](java&NewLine;script:alert(1))",
        "[a](&#1;javascript:alert(1))",
        "[a](javascript\\:alert(1))",
        "[a](\u0001javascript:alert(1))",
        "[a](javascript://example.com/%0aalert(1))",
        "[a](vbscript:msgbox(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[a](file:///etc/passwd)",
        "[a](//evil.example)",
        "[a](/\\evil.example)",
        "[a](/\t/evil.example)",
        "[a](\\\\evil.example)",
        "[a](blob:https://example.com/1)",
        "[a](filesystem:https://example.com/1)",
        "[a][r]\n\n[r]: javascript:alert(1)",
        "[a][r]\n\n[r]: <java&#x0A;script:alert(1)>",
        "[r]\n\n[r]: data:text/html,1 \"t\"",
        "![a](javascript:alert(1))",
        "![a](https://tracker.example/pixel.gif)",
        "![a][r]\n\n[r]: javascript:alert(1)",
        "[![a](javascript:alert(1))](javascript:alert(2))",
        "[a](https://example.com \"\\\" onmouseover=alert(1) x=\\\"\")",
        "[a](https://example.com/\"onmouseover=\"alert(1))",
        "[a](<https://example.com/' onclick='alert(1)>)",
        "[a](https://example.com){onclick=alert(1)}",
        "# Title {onclick=alert(1)}",
        "<javascript:alert(1)>",
        "<data:text/html,alert(1)>",
        "<ftp://example.com>",
        "ftp://example.com/x",
        "tel:+123",
        "javascript:alert(1)",
        "www.example.com/\"onclick=alert(1)",
        "https://example.com/<script>alert(1)</script>",
        "```\"><script>alert(1)</script>\ncode\n```",
        "``` x onclick=alert(1)\ncode\n```",
        "```{onclick=alert(1)}\ncode\n```",
        "`<script>alert(1)</script>`",
        "|a|<script>alert(1)</script>|\n|-|-|\n|<img src=x onerror=alert(1)>|[x](javascript:alert(1))|",
        "|a|\n|:-:|\n|b|",
        "- [x] <script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "> <iframe src=javascript:alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "[a](javascript:alert(1)//\u202E)",
        "~~<style>*{display:none}</style>~~",
        "\0<script>alert(1)</script>");

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_that_people_type_becomes_more_than_text_and_links(string markdown)
    {
        var page = Parse(Html(markdown));

        foreach (var element in page.Body!.QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, Harmless);
            Assert.All(element.Attributes, a => Assert.Contains(a.Name, HarmlessAttributes));
        }

        foreach (var href in page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!))
        {
            Assert.Matches(@"^(https?://|mailto:|#|/[^/\\])", href);
            Assert.DoesNotContain(href, char.IsControl);
        }
    }

    [Theory]
    [InlineData("[a](javascript:alert(1))", "a")]
    [InlineData("[a **b**](data:x)", "a b")]
    [InlineData("<ftp://example.com>", "ftp://example.com")]
    [InlineData("![](https://example.com/x.png)", "https://example.com/x.png")]
    [InlineData("<b>bold</b>", "<b>bold</b>")]
    public void What_is_not_let_through_stays_readable(string markdown, string text) =>
        Assert.Equal(text, Parse(Html(markdown)).Body!.TextContent.Trim());

    [Theory]
    [InlineData("[a](https://example.com/x?y=1&z=2)", "https://example.com/x?y=1&z=2", "nofollow noopener noreferrer")]
    [InlineData("https://example.com", "https://example.com", "nofollow noopener noreferrer")]
    [InlineData("<ada@example.com>", "mailto:ada@example.com", "nofollow noopener noreferrer")]
    [InlineData("![plan](https://example.com/plan.png)", "https://example.com/plan.png", "nofollow noopener noreferrer")]
    [InlineData("[a](/projects/1#comment-2)", "/projects/1#comment-2", null)]
    public void Good_links_lead_where_they_say(string markdown, string href, string? rel)
    {
        var link = Assert.Single(Parse(Html(markdown)).QuerySelectorAll("a"));

        Assert.Equal(href, link.GetAttribute("href"));
        Assert.Equal(rel, link.GetAttribute("rel"));
    }

    [Fact]
    public void Common_Markdown_is_understood()
    {
        var page = Parse(Html("# One\n\n### Two\n\nA **b** *c* ~~d~~ `e`\nnext line\n\n- [x] done\n\n|h|\n|-|\n|c|\n\n```\ncode\n```"));

        Assert.Equal(["h3", "h4"], page.QuerySelectorAll("h3, h4, h5").Select(h => h.LocalName));
        Assert.Equal(["b", "c", "d", "e"], page.QuerySelectorAll("strong, em, del, p code").Select(e => e.TextContent));
        Assert.NotNull(page.QuerySelector("p br"));
        Assert.Equal("Done", page.QuerySelector("input")!.GetAttribute("aria-label"));
        Assert.Equal("c", page.QuerySelector("td")!.TextContent);
        Assert.Equal("0", page.QuerySelector("pre")!.GetAttribute("tabindex"));
    }

    public static TheoryData<string, int> Floods { get; } = new()
    {
        { "[", 1 }, { "![", 1 }, { "[a](", 1 }, { "[[]()", 1 }, { "*a_", 1 }, { "*a **b ", 1 }, { "~~a ", 1 }, { "_*", 1 }, { ">", 1 }, { "> - ", 1 },
        { "1. ", 1 }, { "- ", 1 }, { "`", 1 }, { "|a", 1 }, { "|", 1 }, { "<a ", 1 }, { "http://a", 1 }, { "&#1;", 1 }, { "a\n=\n", 1 }, { "- [ ] a\n", 1 },
        { "[a]: b\n", 1 }, { "*a_", 10 }, { "[", 50 }, { "> ", 50 }, { "x", 800 },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void A_flood_of_marks_neither_fails_nor_grows(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000 * times / piece.Length));

        AssertModest(text);
    }

    [Fact]
    public void A_table_is_not_padded_to_a_flood() =>
        AssertModest(Repeat("|a", 4_000) + "\n" + Repeat("|-", 4_000) + "\n" + Repeat("|\n", 2_000));

    [Fact]
    public void A_reference_is_not_multiplied_to_a_flood() =>
        AssertModest("[a]: https://example.com/" + Repeat("x", 1_900) + " \"" + Repeat("t", 8_000) + "\"\n\n" + Repeat("[a]", 2_900));

    [Theory]
    [InlineData("*a_")]
    [InlineData("[a](")]
    public void What_would_take_long_to_read_is_shown_as_it_was_typed(string piece)
    {
        var text = Repeat(piece, 5_000);

        Assert.Equal(text, Parse(Html(text)).Body!.TextContent);
    }

    [Fact]
    public void Deep_nesting_is_shown_as_it_was_typed()
    {
        var text = Repeat("> ", 200) + "deep";

        Assert.EndsWith("deep", Parse(Html(text)).Body!.TextContent.Trim());
    }

    private static void AssertModest(string text)
    {
        var html = Html(text);

        Assert.InRange(html.Length, 0, 2_000_000 + (5 * text.Length));
    }

    private static string Repeat(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));

    private static string Html(string markdown) => ((HtmlString)Markdown.ToHtml(markdown)).Value ?? "";

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument($"<body>{html}</body>");
}
