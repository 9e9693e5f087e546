using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Crm.Shared;

/// <summary>Lets links lead to the web, to mail and within this site; any other becomes its own text.</summary>
internal static class MarkdownLinks
{
    private const int LongestAddress = 2_000;

    public static void Tame(MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            link.IsImage = false;
            if (link.FirstChild is null)
            {
                link.AppendChild(new LiteralInline(link.Url is { Length: > 0 } url ? url : "link"));
            }

            if (IsSafe(link.Url))
            {
                link.GetDynamicUrl = null;
                Distrust(link, link.Url!);
            }
            else
            {
                link.ReplaceBy(new ContainerInline(), copyChildren: true);
            }
        }

        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (link.IsEmail || IsSafe(link.Url))
            {
                Distrust(link, link.Url);
            }
            else
            {
                link.ReplaceBy(new LiteralInline(link.Url));
            }
        }
    }

    /// <summary>How much text the addresses add: a reference is written once and used many times.</summary>
    public static long Length(MarkdownDocument document) =>
        document.Descendants<LinkInline>().Sum(l => (long)(l.Url?.Length ?? 0) + (l.Title?.Length ?? 0));

    private static void Distrust(Inline link, string url)
    {
        if (!url.StartsWith('/') && !url.StartsWith('#'))
        {
            link.GetAttributes().AddPropertyIfNotExist("rel", "nofollow noopener noreferrer");
        }
    }

    private static bool IsSafe(string? url)
    {
        // Browsers leave out control characters and read a backslash as a slash.
        if (url is not { Length: > 0 and <= LongestAddress } || url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\'))
        {
            return false;
        }

        return url.StartsWith('#')
            || (url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal))
            || (Uri.TryCreate(url, UriKind.Absolute, out var absolute) && (absolute.Scheme is "http" or "https" or "mailto"));
    }
}
