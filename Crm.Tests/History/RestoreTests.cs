using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.History;

public sealed class RestoreTests
{
    [Theory]
    [InlineData("/projects/1/fields/name", "Quay", "Name")]
    [InlineData("/projects/1/fields/status", "OnHold", "Status")]
    [InlineData("/projects/1/fields/due", "2026-09-01", "DueOn")]
    [InlineData("/projects/1/fields/description", "Words", "Description")]
    [InlineData("/tasks/1/fields/status", "review", "Status")]
    [InlineData("/tasks/1/fields/priority", "urgent", "Priority")]
    [InlineData("/tasks/1/fields/labels", "a, b", "Labels")]
    [InlineData("/tasks/1/fields/assignee", "1", "AssigneeId")]
    public async Task A_value_is_put_back_told_and_put_back_again(string path, string value, string field)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        await host.AddProjectAsync("Museum", me, ("Tickets", null, 3));
        var before = (await browser.GetAsync(path)).ValueOf("value");
        await HistoryTests.SetAsync(browser, path, value);

        var restored = await browser.PostAsync($"/history/{await LatestAsync(host, field)}/restore?back=%2Fprojects");
        var between = (await browser.GetAsync(path)).ValueOf("value");
        await browser.PostAsync($"/history/{await LatestAsync(host, field)}/restore");

        Assert.Equal((HttpStatusCode.Found, "/projects"), (restored.Status, restored.Location));
        Assert.Equal((before, value), (between, (await browser.GetAsync(path)).ValueOf("value")));
        Assert.Equal(3, await host.ReadAsync(db => db.Changes.CountAsync(c => c.Field == field)));
    }

    [Fact]
    public async Task What_was_changed_again_since_is_shown_first_and_replaced_only_when_that_was_seen()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);
        await HistoryTests.SetAsync(browser, $"/projects/{project.Id}/fields/name", "Quay");
        var first = await LatestAsync(host, "Name");
        await HistoryTests.SetAsync(browser, $"/projects/{project.Id}/fields/name", "Harbour");

        var asked = await browser.PostAsync($"/history/{first}/restore");
        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Equal("Harbour", await NameAsync(host));
        Assert.Equal(["“Harbour”", "“Museum”"], asked.Html.QuerySelectorAll(".standing dd").Select(d => d.TextContent));

        await HistoryTests.SetAsync(browser, $"/projects/{project.Id}/fields/name", "Pier");
        Assert.Equal(HttpStatusCode.Conflict, (await browser.PostAsync($"/history/{first}/restore", ("seen", asked.ValueOf("seen")!))).Status);
        var again = await browser.GetAsync($"/history/{first}");
        Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync($"/history/{first}/restore", ("seen", again.ValueOf("seen")!))).Status);
        Assert.Equal("Museum", await NameAsync(host));
        Assert.Equal(HttpStatusCode.Conflict, (await browser.PostAsync($"/history/{first}/restore")).Status);
    }

    [Fact]
    public async Task What_cannot_be_says_why_and_changes_nothing()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var tom = await host.AddPersonAsync("Tom Baker");
        var project = await host.AddProjectAsync("Museum", me, ("Tickets", tom, 3));
        await HistoryTests.SetAsync(browser, "/tasks/1/fields/assignee", "");
        var left = await LatestAsync(host, "AssigneeId");
        await HistoryTests.SetAsync(browser, $"/projects/{project.Id}/fields/due", "2026-06-10");
        await HistoryTests.SetAsync(browser, $"/projects/{project.Id}/fields/due", "2026-07-10");
        var order = await LatestAsync(host, "DueOn");
        await HistoryTests.SetAsync(browser, $"/projects/{project.Id}/fields/starts", "2026-06-20");
        await host.SaveAsync(db => db.People.Single(p => p.Id == tom.Id).Disable(host.Now));

        var gone = await browser.PostAsync($"/history/{left}/restore");
        var late = await browser.PostAsync($"/history/{order}/restore");
        await browser.PostAsync($"/projects/{project.Id}?handler=Archive");
        var archived = await browser.PostAsync($"/history/{order}/restore");
        await browser.PostAsync($"/projects/{project.Id}?handler=BringBack");
        await browser.PostAsync("/tasks/1/delete");
        var deleted = await browser.PostAsync($"/history/{left}/restore");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (gone.Status, late.Status));
        Assert.Contains("cannot be chosen any more", gone.TextOf(".callout.bad"), StringComparison.Ordinal);
        Assert.Contains("would lie after", late.TextOf(".callout.bad"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Conflict), (archived.Status, deleted.Status));
        Assert.Contains("restore it first", deleted.TextOf(".callout.bad"), StringComparison.Ordinal);
        var (task, kept) = await host.ReadAsync(async db => (await db.Tasks.IgnoreQueryFilters().SingleAsync(), await db.Projects.SingleAsync()));
        Assert.Equal((null, new DateOnly(2026, 7, 10)), (task.AssigneeId, kept.DueOn));
    }

    [Fact]
    public async Task Members_marks_and_words_go_back_by_the_rules_of_editing_them()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var (other, tom) = await host.SignInAsync(Role.Member, "Tom Baker");
        var project = await host.AddProjectAsync("Museum", me, ("Tickets", null, 3));
        await browser.PostAsync($"/projects/{project.Id}/members?handler=Add", ("personId", $"{tom.Id}"));
        await browser.PostAsync($"/history/{await LatestAsync(host, "Members")}/restore");
        Assert.DoesNotContain(tom.Id, await host.ReadAsync(db => db.ProjectMembers.Select(m => m.PersonId).ToListAsync()));

        await browser.PostAsync("/tasks/1/checklists", ("name", "Steps"));
        await browser.PostAsync("/checklists/1/items", ("text", "First"));
        await browser.PostAsync("/checklist-items/1/check?done=true");
        await browser.PostAsync($"/history/{await LatestAsync(host, "IsDone")}/restore");
        Assert.False(await host.ReadAsync(db => db.ChecklistItems.Select(i => i.IsDone).SingleAsync()));

        await browser.PostAsync("/tasks/1/comments", ("body", "Frist"));
        await browser.PostAsync("/comments/1/edit", ("body", "First"), ("version", "1"));
        var words = await LatestAsync(host, "Body");
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync($"/history/{words}/restore")).Status);
        Assert.Equal("First", await host.ReadAsync(db => db.Interactions.Select(i => i.Body).SingleAsync()));
        await browser.PostAsync($"/history/{words}/restore");
        Assert.Equal("Frist", await host.ReadAsync(db => db.Interactions.Select(i => i.Body).SingleAsync()));
    }

    [Fact]
    public async Task Who_puts_a_project_back_to_private_goes_on_seeing_it()
    {
        await using var host = await CrmHost.StartAsync();
        var (owner, me) = await host.SignInAsync(Role.Member);
        var (other, tom) = await host.SignInAsync(Role.Member, "Tom Baker");
        var project = await host.AddProjectAsync("Museum", me);
        await HistoryTests.SetAsync(owner, $"/projects/{project.Id}/fields/visibility", "Private");
        await HistoryTests.SetAsync(owner, $"/projects/{project.Id}/fields/visibility", "Team");

        var restored = await other.PostAsync($"/history/{await LatestAsync(host, "Visibility")}/restore");

        Assert.Equal(HttpStatusCode.Found, restored.Status);
        Assert.Equal(ProjectVisibility.Private, await host.ReadAsync(db => db.Projects.Select(p => p.Visibility).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(restored.Location!)).Status);
        Assert.Contains(tom.Id, await host.ReadAsync(db => db.ProjectMembers.Select(m => m.PersonId).ToListAsync()));
    }

    [Fact]
    public async Task Whoever_was_taken_off_a_private_project_is_not_put_back_on_its_tasks()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var tom = await host.AddPersonAsync("Tom Baker");
        var project = await host.AddProjectAsync("Museum", me, ("Tickets", null, 3));
        await browser.PostAsync("/tasks/1/members", ("personId", $"{tom.Id}"));
        await browser.PostAsync("/tasks/1/members?handler=Remove", ("personId", $"{tom.Id}"));
        var left = await LatestAsync(host, "Members");
        await HistoryTests.SetAsync(browser, $"/projects/{project.Id}/fields/visibility", "Private");

        var answer = await browser.PostAsync($"/history/{left}/restore");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.False(await host.ReadAsync(db => db.TaskMembers.AnyAsync()));
    }

    private static Task<long> LatestAsync(CrmHost host, string field) =>
        host.ReadAsync(db => db.Changes.Where(c => c.Field == field).MaxAsync(c => c.Id));

    private static Task<string> NameAsync(CrmHost host) => host.ReadAsync(db => db.Projects.Select(p => p.Name).SingleAsync());
}
