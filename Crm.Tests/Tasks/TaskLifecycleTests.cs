using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Tasks;

public sealed class TaskLifecycleTests
{
    private static readonly string[] Changes =
        ["move?status=done", "priority?priority=high", "archive", "delete", "fields/title", "members?personId=1", "checklists?name=More"];

    [Fact]
    public async Task A_deleted_task_is_gone_until_it_is_undone()
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("Kick-off");

        var deleted = await setting.Browser.PostAsync($"/tasks/{id}/delete");
        var project = await setting.Browser.GetAsync(deleted.Location!);

        Assert.Equal($"/projects/{setting.ProjectId}", deleted.Location);
        Assert.Null(project.Html.QuerySelector($"#task-{id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await setting.Browser.GetAsync($"/tasks/{id}")).Status);
        var undo = project.Html.QuerySelector("#flash form")!.GetAttribute("action")!;

        await setting.Browser.PostAsync(undo);

        Assert.Equal(HttpStatusCode.OK, (await setting.Browser.GetAsync($"/tasks/{id}")).Status);
        Assert.Equal(["Kick-off"], await setting.ColumnAsync(TaskStatus.ToDo));
    }

    [Fact]
    public async Task Deleting_in_the_list_offers_the_undo_there()
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("Kick-off");

        var answer = await setting.Browser.PostFragmentAsync($"/tasks/{id}/delete?on=list");

        Assert.Null(answer.Html.QuerySelector($"#task-{id}"));
        Assert.Equal("0", answer.TextOf("#tasks-todo-count"));
        Assert.StartsWith($"/tasks/{id}/restore", answer.Html.QuerySelector("hx-partial[hx-target='#flash'] form")?.GetAttribute("action"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archived_task_cannot_be_changed_until_it_is_brought_back()
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("Kick-off");
        await setting.Browser.PostAsync($"/tasks/{id}/archive");

        await RefusesAllAsync(setting, setting.Browser, id, HttpStatusCode.Forbidden);
        Assert.Null((await setting.Browser.GetAsync($"/tasks/{id}")).Html.QuerySelector(".edit"));

        await setting.Browser.PostAsync($"/tasks/{id}/bringback");
        Assert.NotNull((await setting.Browser.GetAsync($"/tasks/{id}")).Html.QuerySelector(".edit"));
    }

    [Fact]
    public async Task The_tasks_of_an_archived_project_cannot_be_changed()
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("Kick-off");
        await setting.Host.SaveAsync(db => db.Projects.Single().Archive(setting.Host.Now));

        await RefusesAllAsync(setting, setting.Browser, id, HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, (await setting.Browser.PostAsync($"/tasks/{id}/restore")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await setting.Browser.PostAsync($"/projects/{setting.ProjectId}/tasks", ("title", "More"))).Status);
        Assert.Null((await setting.Browser.GetAsync($"/projects/{setting.ProjectId}")).Html.QuerySelector("#add-task, #tasks .edit, #tasks .check"));
    }

    [Fact]
    public async Task Clients_of_the_project_find_no_task_that_is_team_only()
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("Kick-off");
        var (client, person) = await setting.Host.SignInAsync(Role.Client, "Asta Lind");
        await setting.Host.SaveAsync(db => db.Projects.Include(p => p.Members).Single().Add(person.Id));

        await RefusesAllAsync(setting, client, id, HttpStatusCode.NotFound);
        foreach (var path in new[] { $"/tasks/{id}", $"/tasks/{id}/actions", $"/tasks/{id}/fields/title" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync($"/projects/{setting.ProjectId}/tasks", ("title", "More"))).Status);
        foreach (var path in new[] { "/tasks", $"/projects/{setting.ProjectId}", $"/projects/{setting.ProjectId}/board" })
        {
            var page = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("Kick-off", page.Text, StringComparison.Ordinal);
        }

        Assert.Equal(1, await setting.Host.ReadAsync(db => db.Tasks.CountAsync()));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9999")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task There_is_nothing_at_ids_that_are_none(string id)
    {
        await using var setting = await TaskSetting.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await setting.Browser.GetAsync($"/tasks/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await setting.Browser.PostAsync($"/tasks/{id}/move?status=done")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await setting.Browser.PostAsync($"/checklists/{id}/items")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await setting.Browser.PostAsync($"/checklist-items/{id}/check?done=true")).Status);
    }

    private static async Task RefusesAllAsync(TaskSetting setting, Visitor browser, int id, HttpStatusCode status)
    {
        var before = await setting.ReadAsync(id);
        foreach (var change in Changes)
        {
            Assert.Equal(status, (await browser.PostAsync($"/tasks/{id}/{change}", ("value", "B"), ("version", $"{before.Version}"))).Status);
            Assert.Equal(status, (await browser.PostFragmentAsync($"/tasks/{id}/{change}", ("value", "B"), ("version", $"{before.Version}"))).Status);
        }

        Assert.Equal(before.Version, (await setting.ReadAsync(id)).Version);
        Assert.Equal(0, await setting.Host.ReadAsync(db => db.Checklists.CountAsync()));
        Assert.Equal(0, await setting.Host.ReadAsync(db => db.TaskMembers.CountAsync()));
    }
}
