using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.History;

public sealed class AsOfTests
{
    [Fact]
    public async Task A_project_shows_as_it_stood_at_the_end_of_a_day()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member, "Tom Baker");
        var sam = await host.AddPersonAsync("Sam Lee");
        var project = await host.AddProjectAsync("Museum", me, ("Tickets", sam, 3), ("Map", null, 5), ("Floor", null, 5));
        await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "Frist"));
        await browser.PostAsync($"/projects/{project.Id}/rating", ("stars", "4"), ("comment", ""));
        var url = $"/projects/{project.Id}?asOf=2026-06-01";
        var then = Whole(await browser.GetAsync(url));

        host.Time.Advance(TimeSpan.FromDays(3));
        var name = $"/projects/{project.Id}/fields/";
        foreach (var (field, value) in new[] { ("name", "Quay"), ("status", "OnHold"), ("description", "New"), ("due", "2026-09-01"), ("owner", $"{sam.Id}") })
        {
            await HistoryTests.SetAsync(browser, name + field, value);
        }

        foreach (var (field, value) in new[] { ("title", "Tills"), ("status", "done"), ("assignee", ""), ("due", "2026-07-01"), ("labels", "x, y"), ("priority", "urgent") })
        {
            await HistoryTests.SetAsync(browser, $"/tasks/1/fields/{field}", value);
        }

        await browser.PostAsync("/tasks/2/delete");
        await browser.PostAsync("/tasks/3/archive");
        await browser.PostAsync($"/projects/{project.Id}/tasks", ("title", "New one"));
        await browser.PostAsync("/comments/1/edit", ("body", "First"), ("version", "1"));
        await browser.PostAsync("/comments/1/delete");
        await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "Later"));
        await browser.PostAsync($"/projects/{project.Id}/rating", ("stars", "none"), ("comment", ""));
        await browser.PostAsync($"/projects/{project.Id}?handler=Archive");

        var page = await browser.GetAsync(url);
        Assert.Equal(then, Whole(page));
        Assert.Equal("Museum", page.TextOf("h1"));
        Assert.Contains("4.0 of 5", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Tickets", "Map", "Floor"], page.Html.QuerySelectorAll(".past .t").Select(t => t.TextContent));
        Assert.Empty(page.Html.QuerySelectorAll("main form[method=post], main button[form=act], main .edit"));
        var now = await browser.GetAsync($"/projects/{project.Id}?asOf=2150-01-01");
        Assert.Equal("Quay", now.TextOf("h1"));
        Assert.Contains("4 June 2026", now.TextOf(".past-banner"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_before_it_was_made_is_not_found_and_what_is_no_day_is_refused_in_words()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);

        var bad = await browser.GetAsync($"/projects/{project.Id}?asOf=1%20March");

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/projects/{project.Id}?asOf=2026-05-31")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
        Assert.Contains("“1 March” is not a day", bad.TextOf(".callout.bad"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_back_costs_as_many_queries_however_much_happened_since()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me, ("Tickets", me, 3));
        host.Time.Advance(TimeSpan.FromDays(1));
        var few = await host.CountQueriesAsync(browser, $"/projects/{project.Id}?asOf=2026-06-01");
        await host.SaveAsync(db =>
        {
            foreach (var n in Enumerable.Range(0, 30))
            {
                var task = Crm.Tasks.ProjectTask.Create(project.Id, $"T{n}", n, me.Id, host.Now.AddDays(-1));
                task.AssignTo(me.Id);
                db.Tasks.Add(task);
            }
        });
        await host.SaveAsync(db => db.Tasks.ToList().ForEach(t => t.Retitle(t.Title + "!")));

        Assert.Equal(few, await host.CountQueriesAsync(browser, $"/projects/{project.Id}?asOf=2026-06-01"));
        Assert.InRange(few, 1, 12);
    }

    private static string Whole(Answer page) =>
        string.Join(' ', page.Html.QuerySelector(".past")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
