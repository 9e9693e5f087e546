using System.Net;
using AngleSharp.Dom;
using Crm.Accounts;
using Crm.Docs;
using Crm.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Docs;

/// <summary>The files as the program shows them.</summary>
public sealed class DocsPageTests
{
    [Fact]
    public async Task Figures_of_a_table_end_where_those_above_them_do()
    {
        await using var host = await CrmHost.StartAsync();
        using var stranger = await host.VisitAsync();

        var row = (await stranger.GetAsync("/docs/performance")).Html.QuerySelectorAll("tbody tr").Single(tr => tr.Children[0].TextContent == "Webhooks" && tr.PreviousElementSibling!.Children[0].TextContent == "Import" && tr.Closest("table")!.PreviousElementSibling!.TextContent == "team");

        Assert.Equal(["", .. Enumerable.Repeat("num", 14)], row.Children.Select(cell => cell.ClassName ?? ""));
        Assert.Empty(row.QuerySelectorAll("[style]"));
    }

    [Fact]
    public async Task Everything_that_a_page_leads_to_is_there_for_strangers_too()
    {
        await using var host = await CrmHost.StartAsync();
        using var stranger = await host.VisitAsync();
        var (member, _) = await host.SignInAsync(Role.Member);
        var pages = host.Services.GetRequiredService<DocsLibrary>().Pages.ToList();
        List<string> bad = [];
        Dictionary<string, Answer> seen = [];
        foreach (var page in pages)
        {
            var answer = seen[page.Address] = await stranger.GetAsync(page.Address);
            Assert.Equal((page.Address, HttpStatusCode.OK, page.Title), (page.Address, answer.Status, answer.TextOf("h1")));
            Assert.Single(answer.Html.QuerySelectorAll("h1"));
            Assert.DoesNotContain(answer.Html.QuerySelectorAll("th"), th => th.TextContent.Length == 0 || th.GetAttribute("scope") != "col");
            Assert.Equal(answer.TextOf("article"), (await member.GetAsync(page.Address)).TextOf("article"));
            var ids = answer.Html.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
            bad.AddRange(ids.Where(id => ids.Count(i => i == id) > 1).Select(id => $"{page.Address} has the id {id} twice"));
        }

        foreach (var page in pages)
        {
            foreach (var address in seen[page.Address].Html.QuerySelectorAll("article a[href], article img[src], .docs nav a").Select(e => (e.GetAttribute("href") ?? e.GetAttribute("src"))!))
            {
                bad.AddRange(await IsThereAsync(address) ? [] : [$"{page.Address} leads to {address}"]);
            }

            async Task<bool> IsThereAsync(string address)
            {
                var parts = address.Split('#', 2);
                if (address.StartsWith('#') || (parts.Length == 2 && parts[0].StartsWith("/docs", StringComparison.Ordinal)))
                {
                    return seen[parts[0].Length == 0 ? page.Address : parts[0]].Html.GetElementById(parts[1]) is not null;
                }

                return !address.StartsWith('/')
                    ? Uri.TryCreate(address, UriKind.Absolute, out _)
                    : seen.ContainsKey(address) || await AnswersAsync(address);
            }
        }

        Assert.Empty(bad.Distinct());

        // The reference of the API is a folder, and leads to its own address with a slash.
        async Task<bool> AnswersAsync(string address) => await stranger.GetAsync(address) is var answer
            && (answer.Status == HttpStatusCode.OK || (answer.Location?.Contains("sign-in", StringComparison.Ordinal) == false && (await stranger.GetAsync(new Uri(new Uri(host.Address, address), answer.Location).PathAndQuery)).Status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Each_page_leads_to_the_next_until_all_are_read()
    {
        await using var host = await CrmHost.StartAsync();
        using var stranger = await host.VisitAsync();
        List<string> read = [];
        for (string? address = "/docs"; address is not null && read.Count < 100;)
        {
            read.Add(address);
            address = (await stranger.GetAsync(address)).Html.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(host.Services.GetRequiredService<DocsLibrary>().Pages.Select(p => p.Address), read);
    }

    [Theory]
    [InlineData("/docs/nothing-like-that")]
    [InlineData("/docs/..%2f..%2fREADME")]
    [InlineData("/docs/pictures/nothing.png")]
    [InlineData("/docs/pictures/..%2fguide.md")]
    public async Task What_is_no_page_and_no_picture_is_not_found(string address)
    {
        await using var host = await CrmHost.StartAsync();
        using var stranger = await host.VisitAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(address)).Status);
    }

    [Fact]
    public async Task A_strangers_browser_keeps_pages_and_pictures_and_a_signed_in_persons_keeps_none()
    {
        await using var host = await CrmHost.StartAsync();
        using var stranger = await host.VisitAsync();
        var (member, _) = await host.SignInAsync(Role.Member);
        foreach (var address in new[] { "/docs/guide", "/docs/pictures/board-light.png" })
        {
            var first = await stranger.GetAsync(address);
            using var again = new HttpRequestMessage(HttpMethod.Get, address);
            again.Headers.TryAddWithoutValidation(first.Header("ETag") is null ? "If-Modified-Since" : "If-None-Match", first.Header("ETag") ?? first.Header("Last-Modified"));

            Assert.Equal(HttpStatusCode.NotModified, (await stranger.SendAsync(again)).Status);
        }

        Assert.Contains("no-store", (await member.GetAsync("/docs/guide")).Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_must_set_up_a_second_factor_first_can_read_how()
    {
        await using var host = await CrmHost.StartAsync();
        await host.SaveAsync(db => db.Workspaces.Single().RequireSecondFactor(true));
        var (member, _) = await host.SignInAsync(Role.Member);

        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/docs/guide")).Status);
        Assert.Equal(HttpStatusCode.Found, (await member.GetAsync("/projects")).Status);
    }
}
