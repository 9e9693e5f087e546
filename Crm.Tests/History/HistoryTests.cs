using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.History;

public sealed class HistoryTests
{
    [Fact]
    public async Task It_tells_who_changed_what_newest_first_and_can_be_narrowed()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member, "Tom Baker");
        var (other, sam) = await host.SignInAsync(Role.Member, "Sam Lee");
        var project = await host.AddProjectAsync("Museum", me, ("Tickets", null, 3));
        host.Time.Advance(TimeSpan.FromDays(1));
        await SetAsync(browser, $"/projects/{project.Id}/fields/owner", $"{sam.Id}");
        host.Time.Advance(TimeSpan.FromDays(1));
        await SetAsync(other, "/tasks/1/fields/title", "Ticket checkout");
        await browser.PostAsync("/tasks/1/comments", ("body", "Hello"));

        var all = await browser.GetAsync($"/projects/{project.Id}/history");
        Assert.Equal(
            ["Tom Baker created it", "Sam Lee changed the title from “Tickets” to “Ticket checkout”", "Tom Baker changed the owner from Tom Baker to Sam Lee", "Tom Baker added Sam Lee", "The command line created it", "The command line created it"],
            Lines(all));
        Assert.Equal(["Sam Lee changed the title from “Tickets” to “Ticket checkout”"], Lines(await browser.GetAsync($"/projects/{project.Id}/history?person={sam.Id}")));
        Assert.Equal(2, Lines(await browser.GetAsync($"/projects/{project.Id}/history?kind=ProjectTask")).Count);
        Assert.Single(Lines(await browser.GetAsync($"/projects/{project.Id}/history?field=OwnerId")));
        Assert.Equal(2, Lines(await browser.GetAsync($"/projects/{project.Id}/history?via=Command")).Count);
        Assert.Equal(2, Lines(await browser.GetAsync($"/projects/{project.Id}/history?from=2026-06-02&to=2026-06-02")).Count);
        Assert.NotNull((await browser.GetAsync($"/projects/{project.Id}/history?field=Nothing")).Html.QuerySelector(".empty a[href]"));
        Assert.Equal(3, Lines(await browser.GetAsync("/tasks/1/history")).Count);
        Assert.Equal($"/projects/{project.Id}?asOf=2026-06-02", all.Html.QuerySelectorAll(".group-head a").Select(a => a.GetAttribute("href")).First());
    }

    [Fact]
    public async Task The_team_reads_what_it_may_see_admins_all_and_clients_nothing()
    {
        await using var host = await CrmHost.StartAsync();
        var (admin, ines) = await host.SignInAsync();
        var (member, _) = await host.SignInAsync(Role.Member, "Tom Baker");
        var (client, asta) = await host.SignInAsync(Role.Client, "Asta Lind");
        var project = await host.AddProjectAsync("Museum", ines, ("Tickets", null, 3));
        await admin.PostAsync($"/projects/{project.Id}/members?handler=Add", ("personId", $"{asta.Id}"));
        var change = await host.ReadAsync(db => db.Changes.SingleAsync(c => c.Field == "Members"));

        foreach (var path in new[] { $"/projects/{project.Id}/history", "/tasks/1/history", $"/history/{change.Id}", "/trash", $"/projects/{project.Id}?asOf=2026-06-01" })
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await member.GetAsync(path)).Status));
            Assert.Contains((await client.GetAsync(path)).Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }

        foreach (var path in new[] { "/history", $"/people/{asta.Id}/history" })
        {
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(path)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(path)).Status);
        }

        var account = await host.ReadAsync(db => db.Changes.FirstAsync(c => c.Kind == "Person"));
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync($"/history/{account.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync($"/history/{change.Id}/restore")).Status);
    }

    [Theory]
    [InlineData("/projects/1/history")]
    [InlineData("/tasks/1/history")]
    [InlineData("/history")]
    public async Task A_page_costs_as_many_queries_whatever_it_tells_and_the_next_goes_on_where_it_ended(string path)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me, ("Tickets", me, 3));
        await SetAsync(browser, "/tasks/1/fields/title", "First");
        await SetAsync(browser, "/tasks/1/fields/assignee", "");
        var few = await host.CountQueriesAsync(browser, path);
        await host.SaveAsync(db => db.Changes.AddRange(Enumerable.Range(0, 120).Select(n => new Change
        {
            At = host.Now.AddSeconds(n / 2),
            PersonId = me.Id,
            Kind = nameof(ProjectTask),
            RecordId = 1,
            ProjectId = project.Id,
            Field = n % 2 == 0 ? "Title" : "AssigneeId",
            From = $"{me.Id}",
            To = $"{n}",
            Version = n,
        })));

        var many = await host.CountQueriesAsync(browser, path);
        var seen = new List<string>();
        for (var url = path; url is not null;)
        {
            var page = await browser.GetAsync(url);
            seen.AddRange(page.Html.QuerySelectorAll("li.change").Select(c => c.Id!));
            url = page.Html.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.InRange(few, 1, 12);
        Assert.InRange(many, 1, few);
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(seen.Count, 122, 140);
    }

    [Fact]
    public async Task Long_texts_show_their_difference_and_nothing_in_them_is_markup()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);
        await SetAsync(browser, $"/projects/{project.Id}/fields/description", "One\nTwo\nThree");
        await SetAsync(browser, $"/projects/{project.Id}/fields/description", "One\n<script>alert(1)</script>\nThree");

        var list = await browser.GetAsync($"/projects/{project.Id}/history");
        var difference = await browser.GetFragmentAsync(list.Html.QuerySelector("details[hx-get]")!.GetAttribute("hx-get")!);

        Assert.DoesNotContain("alert(1)", list.Text, StringComparison.Ordinal);
        Assert.Equal("Added: <script>alert(1)</script>", difference.TextOf("ins"));
        Assert.Equal("Removed: Two", difference.TextOf("del"));
        Assert.Null(difference.Html.QuerySelector("script"));
    }

    internal static async Task SetAsync(Visitor browser, string path, string value)
    {
        var form = await browser.GetAsync(path);
        var saved = await browser.PostAsync(path, ("value", value), ("version", form.ValueOf("version")!));
        Assert.Equal(HttpStatusCode.Found, saved.Status);
    }

    private static List<string> Lines(Answer page) =>
        [.. page.Html.QuerySelectorAll("li.change .what > p:first-child").Select(p => string.Join(' ', p.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
}
