using System.Net;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tests.Host;

namespace Crm.Tests.Projects;

public sealed class ProjectListTests
{
    [Theory]
    [InlineData("", "Élan film,Kiosk,Museum")]
    [InlineData("?q=elan", "Élan film")]
    [InlineData("?q=ÉLAN", "Élan film")]
    [InlineData("?status=OnHold", "Kiosk")]
    [InlineData("?owner=me", "Élan film,Kiosk")]
    [InlineData("?mine=true", "Élan film,Kiosk")]
    [InlineData("?archived=true", "Old")]
    [InlineData("?order=Due", "Museum,Kiosk,Élan film")]
    [InlineData("?order=Newest", "Museum,Kiosk,Élan film")]
    [InlineData("?q=100%25", "")]
    public async Task The_address_says_what_the_list_shows(string query, string expected)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var tom = await host.AddPersonAsync("Tom Baker");
        await host.SaveAsync(db =>
        {
            var kiosk = Project.Create("Kiosk", me.Id, host.Now);
            kiosk.MoveTo(ProjectStatus.OnHold);
            kiosk.Schedule(null, new DateOnly(2026, 9, 1));
            var museum = Project.Create("Museum", tom.Id, host.Now);
            museum.Schedule(null, new DateOnly(2026, 8, 1));
            var old = Project.Create("Old", tom.Id, host.Now);
            old.Archive(host.Now);
            db.Projects.AddRange(Project.Create("Élan film", me.Id, host.Now), kiosk, museum, old);
        });

        var page = await browser.GetAsync("/projects" + query);

        Assert.Equal(expected, string.Join(',', page.Html.QuerySelectorAll("tbody th a").Select(a => a.TextContent)));
    }

    [Fact]
    public async Task It_is_paged_and_the_filter_stays_in_the_links()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.SaveAsync(db => db.Projects.AddRange(Enumerable.Range(1, 60).Select(i => Project.Create($"Site {i:00}", me.Id, host.Now))));

        var second = await browser.GetAsync("/projects?q=site&page=2");
        var last = await browser.GetAsync(second.Html.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal("Site 26", second.TextOf("tbody th a"));
        Assert.Equal("/projects?q=site", second.Html.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal(10, last.Html.QuerySelectorAll("tbody tr").Length);
        Assert.Null(last.Html.QuerySelector("a[rel=next]"));
    }

    [Theory]
    [InlineData("?status=Sleeping")]
    [InlineData("?page=first")]
    [InlineData("?order=7x")]
    public async Task A_value_of_the_address_that_means_nothing_counts_as_not_said(string query)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var page = await browser.GetAsync("/projects" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(("", "Name"), (page.ValueOf("status"), page.ValueOf("order")));
    }

    [Fact]
    public async Task A_search_without_hits_names_the_words_and_offers_to_clear_them()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me);

        var page = await browser.GetAsync("/projects?q=harbour");

        Assert.Contains("“harbour”", page.TextOf(".empty"), StringComparison.Ordinal);
        Assert.Equal("/projects", page.Html.QuerySelector(".empty a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/projects")]
    [InlineData("/projects/1")]
    public async Task It_asks_the_database_as_often_for_much_as_for_little(string path)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("First", me, ("One", me, 0));
        var few = await host.CountQueriesAsync(browser, path);
        var many = Enumerable.Range(0, 20).Select(i => ($"Task {i}", (Crm.Accounts.Person?)me, i - 10)).ToArray();
        for (var i = 0; i < 5; i++)
        {
            await host.AddProjectAsync($"Project {i}", me, many);
        }

        await host.SaveAsync(db => db.Tasks.AddRange(Enumerable.Range(0, 20).Select(i => ProjectTask.Create(1, $"More {i}", 10 + i, me.Id, host.Now))));

        Assert.Equal(few, await host.CountQueriesAsync(browser, path));
        Assert.InRange(few, 1, 12);
    }
}
