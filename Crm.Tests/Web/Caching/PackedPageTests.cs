using System.IO.Compression;
using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Crm.Tests.Host;

namespace Crm.Tests.Web.Caching;

public sealed class PackedPageTests
{
    [Fact]
    public async Task Who_unpacks_gzip_gets_what_is_kept_packed_and_everybody_else_the_same_as_it_is()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var address = $"/projects/{(await host.AddProjectAsync("Harbour website", me)).Id}";
        await KeepAsync(browser, address, "gzip, deflate, br");
        await KeepAsync(browser, address, "br");
        await KeepAsync(browser, address, null);
        host.Queries.Clear();

        var packed = await GetAsync(browser, address, "gzip, deflate, br");
        var refused = await GetAsync(browser, address, "gzip;q=0, br");
        var plain = await GetAsync(browser, address, null);

        Assert.Empty(host.Queries.Commands);
        Assert.Equal(("gzip", "br", null), (packed.Header("Content-Encoding"), refused.Header("Content-Encoding"), plain.Header("Content-Encoding")));
        Assert.Contains("Accept-Encoding", packed.Header("Vary"), StringComparison.Ordinal);
        Assert.Equal(packed.Header("Content-Length"), packed.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(plain.Header("Content-Length"), plain.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(WithoutKeys(plain.Text), WithoutKeys(Unpack(packed.Body)));
    }

    [Fact]
    public async Task Each_form_of_a_packed_page_has_another_key_each_time_and_both_are_carried_out()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var address = $"/projects/{(await host.AddProjectAsync("Harbour website", me)).Id}";
        await KeepAsync(browser, address, "gzip");
        var pages = new[] { Unpack((await GetAsync(browser, address, "gzip")).Body), Unpack((await GetAsync(browser, address, "gzip")).Body) };

        var keys = pages.SelectMany(Keys).ToList();
        foreach (var page in pages)
        {
            var answer = await browser.PostAsync($"{address}/comments", ("body", "Agreed."), ("_once", Keys(page)[0]));
            Assert.Equal(HttpStatusCode.Found, answer.Status);
        }

        Assert.InRange(keys.Count, 6, 20);
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.Equal(43, key.Length));
        Assert.Equal(2, await host.ReadAsync(db => Task.FromResult(db.Interactions.Count(i => i.Body == "Agreed."))));
    }

    private static async Task KeepAsync(Visitor browser, string path, string? encodings)
    {
        for (var i = 0; i < 3; i++)
        {
            await GetAsync(browser, path, encodings);
        }
    }

    private static Task<Answer> GetAsync(Visitor browser, string path, string? encodings)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (encodings is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
        }

        return browser.SendAsync(request);
    }

    private static List<string> Keys(string page) => Values(page, "[name=_once]");

    /// <summary>And without its token, which is another one each time that a page is drawn.</summary>
    private static string WithoutKeys(string page) =>
        Values(page, "[name=_once], [name=_token]").Aggregate(page, (text, key) => text.Replace(key, "", StringComparison.Ordinal));

    private static List<string> Values(string page, string selector) =>
        [.. new HtmlParser().ParseDocument(page).QuerySelectorAll(selector).Select(k => k.GetAttribute("value")!)];

    private static string Unpack(byte[] body)
    {
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.UTF8);
        return text.ReadToEnd();
    }
}
