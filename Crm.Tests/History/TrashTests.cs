using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.History;

public sealed class TrashTests
{
    [Fact]
    public async Task A_deleted_project_comes_back_with_all_that_it_held()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member, "Tom Baker");
        var project = await host.AddProjectAsync("Museum", me, ("Tickets", null, 3), ("Map", null, 3));
        await browser.PostAsync("/tasks/1/comments", ("body", "Hello"));
        await browser.PostAsync("/tasks/2/delete");
        await browser.PostAsync($"/projects/{project.Id}?handler=Delete");
        host.Time.Advance(TimeSpan.FromDays(2));

        var trash = await browser.GetAsync("/trash");
        Assert.Equal(["Museum", "Map · Museum"], trash.Html.QuerySelectorAll("tbody th").Select(r => r.TextContent.Trim()));
        Assert.Contains("by Tom Baker", trash.Text, StringComparison.Ordinal);
        Assert.Equal("28 days", trash.TextOf("tbody tr td.num"));
        Assert.Single(trash.Html.QuerySelectorAll("tbody button"));
        var parentless = await browser.PostAsync("/trash/restore?kind=ProjectTask&id=2");
        Assert.Equal(HttpStatusCode.Conflict, parentless.Status);
        Assert.Contains("restore that first", parentless.Text, StringComparison.Ordinal);

        var restored = await browser.PostAsync($"/trash/restore?kind=Project&id={project.Id}");

        Assert.Equal($"/projects/{project.Id}", restored.Location);
        Assert.Contains("Tickets", (await browser.GetAsync($"/projects/{project.Id}")).Text, StringComparison.Ordinal);
        Assert.Contains("Hello", (await browser.GetAsync("/tasks/1")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync("/trash/restore?kind=ProjectTask&id=2")).Status);
        Assert.Equal(2, await host.ReadAsync(db => db.Tasks.CountAsync()));
    }

    [Fact]
    public async Task After_thirty_days_it_is_neither_offered_nor_brought_back_and_no_row_is_lost()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me, ("Tickets", null, 3));
        await browser.PostAsync("/tasks/1/delete");
        await browser.PostAsync($"/projects/{project.Id}/rating", ("stars", "4"), ("comment", ""));
        await browser.PostAsync($"/projects/{project.Id}/rating", ("stars", "none"), ("comment", ""));
        var change = await host.ReadAsync(db => db.Changes.Where(c => c.Kind == "ProjectTask" && c.Field == "DeletedAt").Select(c => c.Id).SingleAsync());
        host.Time.Advance(TimeSpan.FromDays(29.9));
        Assert.Equal(2, (await (await host.VisitAsync(me)).GetAsync("/trash")).Html.QuerySelectorAll("tbody tr").Length);
        host.Time.Advance(TimeSpan.FromDays(400));
        var later = await host.VisitAsync(me);

        Assert.NotNull((await later.GetAsync("/trash")).Html.QuerySelector(".empty"));
        foreach (var path in new[] { "/trash/restore?kind=ProjectTask&id=1", "/trash/restore?kind=Rating&id=1", "/tasks/1/restore", $"/history/{change}/restore" })
        {
            var answer = await later.PostAsync(path);
            Assert.Equal((path, HttpStatusCode.Gone), (path, answer.Status));
            Assert.Contains("30 days ago", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal((1, 1), await host.ReadAsync(async db => (
            await db.Tasks.IgnoreQueryFilters().CountAsync(t => t.DeletedAt != null), await db.Ratings.IgnoreQueryFilters().CountAsync(r => r.DeletedAt != null))));
    }

    [Fact]
    public async Task What_an_admin_took_away_only_admins_bring_back()
    {
        await using var host = await CrmHost.StartAsync();
        var (admin, _) = await host.SignInAsync();
        var (author, tom) = await host.SignInAsync(Role.Member, "Tom Baker");
        var project = await host.AddProjectAsync("Museum", tom);
        await author.PostAsync($"/projects/{project.Id}/comments", ("body", "Mine"));
        await author.PostAsync($"/projects/{project.Id}/comments", ("body", "Rude"));
        await author.PostAsync("/comments/1/delete");
        await admin.PostAsync("/comments/2/delete");

        Assert.Equal(HttpStatusCode.Found, (await author.PostAsync("/comments/1/restore")).Status);
        foreach (var path in new[] { "/comments/2/restore", "/trash/restore?kind=Interaction&id=2" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await author.PostAsync(path)).Status);
        }

        Assert.NotNull(await host.ReadAsync(db => db.Interactions.Where(i => i.Id == 2).Select(i => i.DeletedAt).SingleAsync()));
        Assert.DoesNotContain("Rude", (await author.GetAsync("/trash")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await admin.PostAsync("/trash/restore?kind=Interaction&id=2")).Status);
    }
}
