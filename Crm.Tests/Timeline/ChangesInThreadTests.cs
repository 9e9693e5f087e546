using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Timeline;

public sealed class ChangesInThreadTests
{
    [Fact]
    public async Task Changes_stand_between_the_entries_at_their_time()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(name: "Tom Baker");
        var project = await host.AddProjectAsync("Museum", me);
        await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "Before"));
        host.Time.Advance(TimeSpan.FromHours(1));
        await SetAsync(browser, project, "due", "2026-11-18");
        host.Time.Advance(TimeSpan.FromHours(1));
        await SetAsync(browser, project, "due", "2026-11-22");
        host.Time.Advance(TimeSpan.FromHours(1));
        await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "After"));

        Assert.Equal(
            ["Before", "Tom Baker set the due date to 18 Nov · 2 hours ago", "Tom Baker changed the due date from 18 Nov to 22 Nov · an hour ago", "After"],
            await LinesAsync(browser, project));
    }

    [Fact]
    public async Task People_and_choices_are_told_in_words()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(name: "Tom Baker");
        var sam = await host.AddPersonAsync("Sam Lee");
        var project = await host.AddProjectAsync("Museum", me);
        await SetAsync(browser, project, "status", "OnHold");
        await SetAsync(browser, project, "owner", $"{sam.Id}");
        await SetAsync(browser, project, "name", "Harbour <b>Museum</b>");
        await SetAsync(browser, project, "description", "New");
        await browser.PostAsync($"/projects/{project.Id}/members?handler=Remove", ("personId", $"{me.Id}"));
        await browser.PostAsync($"/projects/{project.Id}?handler=Archive");

        Assert.Equal(
            [
                "Tom Baker changed the status from Active to On hold",
                "Tom Baker added Sam Lee",
                "Tom Baker changed the owner from Tom Baker to Sam Lee",
                "Tom Baker changed the name from “Museum” to “Harbour <b>Museum</b>”",
                "Tom Baker added a description",
                "Tom Baker removed Tom Baker",
                "Tom Baker archived it",
            ],
            (await LinesAsync(browser, project)).Select(l => l.Replace(" · just now", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Changing_ones_mind_at_once_is_one_change_or_none()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(name: "Tom Baker");
        var project = await host.AddProjectAsync("Museum", me);
        await SetAsync(browser, project, "name", "A");
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await SetAsync(browser, project, "name", "B");
        await SetAsync(browser, project, "status", "Planned");
        await SetAsync(browser, project, "status", "Active");

        Assert.Equal(["Tom Baker changed the name from “Museum” to “B” · just now"], await LinesAsync(browser, project));
    }

    [Fact]
    public async Task What_two_people_change_stays_two_changes()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(name: "Tom Baker");
        var (other, _) = await host.SignInAsync(name: "Sam Lee");
        var project = await host.AddProjectAsync("Museum", me);
        await SetAsync(browser, project, "name", "A");
        await SetAsync(other, project, "name", "B");

        Assert.Equal(
            ["Tom Baker changed the name from “Museum” to “A” · just now", "Sam Lee changed the name from “A” to “B” · just now"],
            await LinesAsync(browser, project));
    }

    [Fact]
    public async Task An_earlier_stretch_holds_the_changes_of_its_own_time()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(name: "Tom Baker");
        var project = await host.AddProjectAsync("Museum", me);
        await SetAsync(browser, project, "name", "Early");
        host.Time.Advance(TimeSpan.FromDays(1));
        await host.SaveAsync(db => db.Interactions.AddRange(Enumerable.Range(0, 51)
            .Select(n => Interaction.Comment(project.Id, null, me.Id, $"{n}", host.Now.AddSeconds(n)))));
        host.Time.Advance(TimeSpan.FromDays(1));
        await SetAsync(browser, project, "name", "Late");

        var end = await browser.GetAsync($"/projects/{project.Id}/comments");
        var start = await browser.GetFragmentAsync(end.Html.QuerySelector("#thread-earlier a")!.GetAttribute("href")!);

        Assert.Equal("“Early” to “Late”", Assert.Single(end.Html.QuerySelectorAll(".event")).TextContent.Split("from ")[1].Split(" ·")[0]);
        Assert.Equal("“Museum” to “Early”", Assert.Single(start.Html.QuerySelectorAll(".event")).TextContent.Split("from ")[1].Split(" ·")[0]);
        Assert.Equal("0", Assert.Single(start.Html.QuerySelectorAll(".entry .prose")).TextContent.Trim());
    }

    private static async Task SetAsync(Visitor browser, Project project, string field, string value)
    {
        var form = await browser.GetAsync($"/projects/{project.Id}/fields/{field}");
        await browser.PostAsync(
            $"/projects/{project.Id}/fields/{field}", ("value", value), ("version", form.Html.QuerySelector("input[name=version]")!.GetAttribute("value")!));
    }

    private static async Task<List<string>> LinesAsync(Visitor browser, Project project) =>
        [.. (await browser.GetAsync($"/projects/{project.Id}/comments")).Html.QuerySelectorAll("#thread .event, #thread .prose")
            .Select(e => string.Join(' ', e.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
}
