using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Tasks;

public sealed class TaskListTests
{
    [Fact]
    public async Task Ten_titles_typed_one_after_the_other_become_ten_tasks_in_that_order()
    {
        await using var setting = await TaskSetting.StartAsync();
        var titles = Enumerable.Range(1, 10).Select(i => $"Step {i}").ToArray();

        foreach (var title in titles)
        {
            var answer = await setting.Browser.PostFragmentAsync($"/projects/{setting.ProjectId}/tasks?on=list", ("title", $" {title} "));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(title, answer.TextOf("li.item > a.t"));
        }

        var page = await setting.Browser.GetAsync($"/projects/{setting.ProjectId}");
        Assert.Equal(titles, page.Html.QuerySelectorAll("#tasks-todo .item > a.t").Select(a => a.TextContent));
        Assert.Equal("10", page.TextOf("#tasks-todo-count"));
        Assert.Equal("add", page.Html.QuerySelector("#tasks-todo .list > li:last-child")?.ClassName);
    }

    [Fact]
    public async Task The_answer_to_a_new_task_mends_the_count_and_the_progress_too()
    {
        await using var setting = await TaskSetting.StartAsync();
        await setting.AddAsync(TaskStatus.Done, "Contract");

        var answer = await setting.Browser.PostFragmentAsync($"/projects/{setting.ProjectId}/tasks?on=list", ("title", "Kick-off"));

        Assert.Contains("<hx-partial hx-target=\"#tasks-todo-count\" hx-swap=\"textContent\">1</hx-partial>", answer.Text);
        Assert.Contains("1 of 2", answer.TextOf($"#project-{setting.ProjectId}-progress"));
        Assert.Contains("Added", answer.Header("HX-Trigger"));
    }

    [Fact]
    public async Task Without_JavaScript_the_page_comes_back_with_the_line_in_focus()
    {
        await using var setting = await TaskSetting.StartAsync();

        var answer = await setting.Browser.PostAsync($"/projects/{setting.ProjectId}/tasks?on=list", ("title", "Kick-off"));
        var page = await setting.Browser.GetAsync(answer.Location!.Split('#')[0]);

        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.Equal("Kick-off", page.TextOf("#tasks-todo .item > a.t"));
        Assert.True(page.Html.QuerySelector("#add-task-title")?.HasAttribute("autofocus"));
    }

    [Theory]
    [InlineData("", "Title is needed.")]
    [InlineData("A\u0007B", "Title holds a character that cannot be shown. Please take it out.")]
    public async Task A_title_that_cannot_be_comes_back_with_a_message(string title, string message)
    {
        await using var setting = await TaskSetting.StartAsync();
        var url = $"/projects/{setting.ProjectId}/tasks?on=list";

        foreach (var answer in new[] { await setting.Browser.PostFragmentAsync(url, ("title", title)), await setting.Browser.PostAsync(url, ("title", title)) })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal(message, answer.TextOf(".error"));
            Assert.Equal(title, answer.Html.QuerySelector("#add-task-title")?.GetAttribute("value"));
        }

        Assert.Equal(0, await setting.Host.ReadAsync(db => db.Tasks.CountAsync()));
    }

    [Fact]
    public async Task A_long_group_shows_its_first_20_and_leads_to_the_rest()
    {
        await using var setting = await TaskSetting.StartAsync();
        await setting.AddAsync(TaskStatus.Done, [.. Enumerable.Range(1, 63).Select(i => $"Task {i}")]);

        var page = await setting.Browser.GetAsync($"/projects/{setting.ProjectId}");

        Assert.Equal(20, page.Html.QuerySelectorAll("#tasks-done .item").Length);
        Assert.Equal("Task 1", page.TextOf("#tasks-done .item > a.t"));
        Assert.Equal("All 63 done", page.TextOf("#tasks-done p a"));
        Assert.True(page.Html.QuerySelector("#tasks-review")?.HasAttribute("hidden"));
    }

    [Fact]
    public async Task Checking_off_moves_a_task_to_the_top_of_what_is_done_and_back()
    {
        await using var setting = await TaskSetting.StartAsync();
        await setting.AddAsync(TaskStatus.Done, "Contract");
        var kickOff = (await setting.AddAsync(TaskStatus.ToDo, "Kick-off", "Site map"))[0];

        var page = await setting.Browser.GetAsync($"/projects/{setting.ProjectId}");
        var check = page.Html.QuerySelector($"#task-{kickOff} .check")!.GetAttribute("hx-post")!;
        var answer = await setting.Browser.PostFragmentAsync(check);

        Assert.Equal(["Kick-off", "Contract"], await setting.ColumnAsync(TaskStatus.Done));
        Assert.Equal(setting.Host.Now, (await setting.ReadAsync(kickOff)).CompletedAt);
        Assert.Equal("true", answer.Html.QuerySelector($"#task-{kickOff} .check")?.GetAttribute("aria-pressed"));
        Assert.Contains("2 of 3", answer.TextOf($"#project-{setting.ProjectId}-progress"));

        var back = answer.Html.QuerySelector($"#task-{kickOff} .check")!.GetAttribute("hx-post")!;
        await setting.Browser.PostAsync(back);

        Assert.Equal(["Site map", "Kick-off"], await setting.ColumnAsync(TaskStatus.ToDo));
        Assert.Null((await setting.ReadAsync(kickOff)).CompletedAt);
    }

    [Theory]
    [InlineData("list", true)]
    [InlineData("search", false)]
    public async Task The_menu_of_a_row_is_asked_for_when_it_opens_and_is_a_page_without_JavaScript(string on, bool places)
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("Kick-off", TaskStatus.Doing);

        var menu = await setting.Browser.GetFragmentAsync($"/tasks/{id}/actions?on={on}");
        var page = await setting.Browser.GetAsync($"/tasks/{id}/actions?on={on}");

        Assert.Equal("Doing", menu.TextOf("button[formaction*=status][aria-pressed=true]"));
        Assert.Equal(places, menu.Html.QuerySelector("button[formaction*='to=up']") is not null);
        Assert.Equal(menu.Html.QuerySelectorAll("button[hx-post]").Select(b => b.GetAttribute("hx-post")), page.Html.QuerySelectorAll("main button").Select(b => b.GetAttribute("formaction")));
        Assert.Null(page.Html.QuerySelector("main [hx-post]"));
    }
}
