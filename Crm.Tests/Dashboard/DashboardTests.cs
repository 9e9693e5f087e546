using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Dashboard;

public sealed class DashboardTests
{
    [Fact]
    public async Task An_empty_workspace_offers_the_three_ways_to_begin()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var page = await browser.GetAsync("/");

        Assert.Equal(
            ["/projects/new", "/imports", "/sample-data?handler=Fill"],
            page.Html.QuerySelectorAll(".empty .actions > *").Select(e => e.GetAttribute("href") ?? e.GetAttribute("formaction")));
    }

    [Fact]
    public async Task Mine_is_counted_by_the_workspaces_day_and_each_number_leads_to_its_list()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var other = await host.AddPersonAsync("Tom Baker");
        await host.AddProjectAsync("Museum", me, ("Late", me, -3), ("Later", me, -1), ("Today", me, 0), ("Week", me, 7), ("Far", me, 8), ("Theirs", other, -1));

        var page = await browser.GetAsync("/");
        var figures = page.Html.QuerySelectorAll(".stat .fig").Select(f => f.TextContent).ToList();
        var listed = new List<int>();
        foreach (var link in page.Html.QuerySelectorAll(".stat").Select(s => s.GetAttribute("href")!))
        {
            listed.Add((await browser.GetAsync(link)).Html.QuerySelectorAll("li.item").Length);
        }

        Assert.Equal(["2", "1", "1"], figures);
        Assert.Equal([2, 1, 1], listed);
        Assert.Equal("oldest by 3 days", page.TextOf(".stat .hint"));
        Assert.Equal(["Late", "Later", "Today", "Week"], page.Html.QuerySelectorAll("li.item a.t[href^='/tasks']").Select(a => a.TextContent));
    }

    [Fact]
    public async Task A_project_says_how_it_stands_and_why()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me, ("Late", me, -3), ("Far", me, 30));

        var page = await browser.GetAsync("/");

        Assert.Equal("At risk · 1 overdue", page.TextOf("li.item .tag[href^='/tasks?project=']"));
    }

    [Fact]
    public async Task Lately_tells_of_comments_and_changes_newest_first()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me, ("Checkout", me, 1));
        await host.SaveAsync(db => db.Interactions.Add(Interaction.Comment(project.Id, null, me.Id, "Hello", host.Now)));
        host.Time.Advance(TimeSpan.FromMinutes(10));
        await browser.PostAsync($"/projects/{project.Id}/fields/name", ("value", "Museum site"), ("version", "1"));

        var page = await browser.GetAsync("/");

        Assert.Equal(
            ["Inès Moreau changed the name of Museum site", "Inès Moreau commented on Museum site"],
            page.Html.QuerySelectorAll("#lately-title + ul li > span:nth-of-type(2)").Select(s => s.TextContent));
    }

    [Fact]
    public async Task A_client_sees_their_projects_and_nothing_that_is_the_teams()
    {
        await using var host = await CrmHost.StartAsync();
        var owner = await host.AddPersonAsync("Tom Baker");
        var (browser, client) = await host.SignInAsync(Role.Client, "Asta Lind");
        var shared = await host.AddProjectAsync("Museum", owner, ("Secret task", owner, -1));
        await host.AddProjectAsync("Somebody else's", owner);
        await host.SaveAsync(db => db.Projects.Include(p => p.Members).Single(p => p.Id == shared.Id).Add(client.Id));

        var page = await browser.GetAsync("/");

        Assert.Equal(["Museum"], page.Html.QuerySelectorAll("li.item a.t").Select(a => a.TextContent));
        Assert.DoesNotContain("Secret task", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tom Baker", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("main a[href^='/tasks']"));
    }

    [Fact]
    public async Task It_asks_the_database_as_often_for_much_as_for_little()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("First", me, ("One", me, 0));
        var few = await host.CountQueriesAsync(browser, "/");
        for (var i = 0; i < 10; i++)
        {
            await host.AddProjectAsync($"Project {i}", me, ("One", me, -1), ("Two", me, 0), ("Three", me, 2));
        }

        Assert.Equal(few, await host.CountQueriesAsync(browser, "/"));
        Assert.InRange(few, 1, 12);
    }
}
