using AngleSharp.Html.Parser;
using Crm.Tests.Browser;
using Crm.Tests.Host;

namespace Crm.Tests.Web;

/// <summary>What a page may cost: the figures of the design.</summary>
public sealed class BudgetTests
{
    private const int Kilobyte = 1024;

    /// <summary>What pages are packed as for browsers, which take more than one.</summary>
    private const string PageEncoding = "gzip";

    /// <summary>Files are packed well only when the program is published; asked for this way, they are packed as well here.</summary>
    private const string FileEncoding = "br";

    [Fact]
    public async Task No_page_asks_the_database_often_or_is_large()
    {
        await using var host = await CrmHost.StartAsync();
        using var browser = await host.VisitAsync(await EveryPage.FillAsync(host));
        List<string> found = [];
        foreach (var address in await EveryPage.AddressesAsync(host))
        {
            host.Queries.Clear();
            var (body, encoding) = await CompressedAsync(browser, address, PageEncoding);
            found.AddRange(body.Length > 20 * Kilobyte || (body.Length > 0 && encoding != "gzip") ? [$"{address}: {body.Length} bytes, {encoding}"] : []);
            found.AddRange(host.Queries.Commands.Count > 12 ? [$"{address}: {host.Queries.Commands.Count} queries"] : []);
            // Kept the second time that it is asked for, it is packed anew, with its keys apart.
            await CompressedAsync(browser, address, PageEncoding);
            var kept = (await CompressedAsync(browser, address, PageEncoding)).Body;
            found.AddRange(kept.Length > 20 * Kilobyte ? [$"{address}: {kept.Length} bytes when kept"] : []);
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("/projects/{0}/fields/description")]
    [InlineData("/projects/{0}/fields/due")]
    public async Task A_field_that_is_edited_in_place_is_a_small_fragment(string path)
    {
        await using var host = await CrmHost.StartAsync();
        using var browser = await host.VisitAsync(await EveryPage.FillAsync(host));
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, await EveryPage.ProjectAsync(host));

        Assert.InRange((await CompressedAsync(browser, address, PageEncoding, ("HX-Request", "true"))).Body.Length, 1, 2 * Kilobyte);
    }

    [Fact]
    public async Task A_first_visit_needs_few_small_files_besides()
    {
        await using var host = await CrmHost.StartAsync();
        using var browser = await host.VisitAsync(await EveryPage.FillAsync(host));
        var page = new HtmlParser().ParseDocument((await browser.GetAsync("/")).Text);
        var scripts = page.QuerySelectorAll("script[src]").Select(s => s.GetAttribute("src")!).ToHashSet(StringComparer.Ordinal);
        var style = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        // The other half of the typeface is fetched for letters that most pages do not show.
        var fonts = System.Text.RegularExpressions.Regex.Matches((await browser.GetAsync(style)).Text, "url\\(\"?(?<file>/[^)\"]+-latin-wght-[^)\"]+woff2)", System.Text.RegularExpressions.RegexOptions.NonBacktracking).Select(m => m.Groups["file"].Value);
        var icons = page.QuerySelectorAll("use").Select(u => u.GetAttribute("href")!.Split('#')[0]).Append(page.QuerySelector("link[rel=icon]")!.GetAttribute("href")!);
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in scripts.Append(style).Concat(fonts).Concat(icons).Distinct(StringComparer.Ordinal))
        {
            sizes[file] = (await CompressedAsync(browser, file, FileEncoding)).Body.Length;
        }

        Assert.InRange(sizes.Count, scripts.Count + 4, 8);
        Assert.InRange(sizes.Values.Sum(), 1, 120 * Kilobyte);
        Assert.InRange(scripts.Sum(s => sizes[s]), 1, 35 * Kilobyte);
    }

    private static async Task<(byte[] Body, string Encoding)> CompressedAsync(Visitor browser, string address, string encoding, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Encoding", encoding);
        headers.ToList().ForEach(h => request.Headers.Add(h.Name, h.Value));
        var answer = await browser.SendAsync(request);
        return (answer.Body, answer.Header("Content-Encoding") ?? "");
    }
}
