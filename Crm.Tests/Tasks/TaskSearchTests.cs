using System.Net;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tests.Host;

namespace Crm.Tests.Tasks;

public sealed class TaskSearchTests
{
    [Theory]
    [InlineData("", "Late Now Soon Seventh Eighth Nobody's")]
    [InlineData("?assignee=me", "Late Now Soon Seventh Eighth")]
    [InlineData("?assignee=none", "Nobody's")]
    [InlineData("?due=overdue", "Late")]
    [InlineData("?due=today", "Now")]
    [InlineData("?due=week", "Soon Seventh")]
    [InlineData("?due=overdue&status=all", "Late")]
    [InlineData("?status=done", "Done")]
    [InlineData("?status=doing", "Soon")]
    [InlineData("?status=all&order=newest", "Nobody's Done Eighth Seventh Soon Now Late")]
    [InlineData("?priority=urgent", "Soon")]
    [InlineData("?order=priority", "Soon Late Now Seventh Eighth Nobody's")]
    [InlineData("?q=SÉV", "Seventh")]
    [InlineData("?archived=true", "Archived")]
    [InlineData("?assignee=you&due=never&status=lost&priority=x&page=-1&archived=maybe&order=odd", "Late Now Soon Seventh Eighth Nobody's")]
    [InlineData("?page=99999999999999999999", "Late Now Soon Seventh Eighth Nobody's")]
    public async Task A_filter_in_the_address_shows_the_tasks_that_match(string query, string titles)
    {
        await using var setting = await StartAsync();

        var page = await setting.Browser.GetAsync("/tasks" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(titles, string.Join(' ', page.Html.QuerySelectorAll(".item > a.t").Select(a => a.TextContent)));
    }

    [Fact]
    public async Task The_tasks_of_one_project_stand_under_its_name_and_those_of_none_are_not_found()
    {
        await using var setting = await StartAsync();

        var page = await setting.Browser.GetAsync($"/tasks?project={setting.ProjectId}&status=done");

        Assert.Equal("Tasks of Harbour Museum site", page.TextOf("h1"));
        Assert.Equal("Done", page.TextOf(".item > a.t"));
        Assert.Equal(HttpStatusCode.NotFound, (await setting.Browser.GetAsync("/tasks?project=999")).Status);
    }

    [Fact]
    public async Task A_filter_that_finds_nothing_offers_to_clear_it()
    {
        await using var setting = await StartAsync();

        var page = await setting.Browser.GetAsync("/tasks?q=zeppelin");

        Assert.Contains("zeppelin", page.TextOf(".empty p"), StringComparison.Ordinal);
        Assert.Equal("/tasks", page.Html.QuerySelector(".empty a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task More_than_a_page_is_paged()
    {
        await using var setting = await TaskSetting.StartAsync();
        await setting.AddAsync(TaskStatus.ToDo, [.. Enumerable.Range(1, 120).Select(i => $"T{i}")]);

        var first = await setting.Browser.GetAsync("/tasks?assignee=none");
        var last = await setting.Browser.GetAsync("/tasks?assignee=none&page=3");

        Assert.Equal(Crm.Tasks.IndexModel.PageSize, first.Html.QuerySelectorAll(".item").Length);
        Assert.Equal("/tasks?assignee=none&page=2", first.Html.QuerySelector(".pager [rel=next]")?.GetAttribute("href"));
        Assert.Equal(20, last.Html.QuerySelectorAll(".item").Length);
        Assert.Null(last.Html.QuerySelector(".pager [rel=next]"));
    }

    [Fact]
    public async Task A_task_that_is_checked_off_stays_in_its_row()
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("A");

        var page = await setting.Browser.GetAsync("/tasks");
        var answer = await setting.Browser.PostFragmentAsync(page.Html.QuerySelector(".check")!.GetAttribute("hx-post")!);

        Assert.Equal($"#task-{id}", answer.Header("HX-Retarget"));
        Assert.Equal("item done", answer.Html.QuerySelector($"#task-{id}")?.ClassName);
    }

    /// <summary>At 23:30 in Auckland it is the morning of the same day in London and still the day before in Honolulu.</summary>
    [Theory]
    [InlineData("Pacific/Auckland", "2026-06-11T11:30:00Z", "bad", "warn", "")]
    [InlineData("Pacific/Auckland", "2026-06-11T12:30:00Z", "bad", "bad", "warn")]
    [InlineData("Pacific/Honolulu", "2026-06-11T09:30:00Z", "warn", "", "")]
    [InlineData("Pacific/Honolulu", "2026-06-11T10:30:00Z", "bad", "warn", "")]
    public async Task Overdue_is_judged_by_whole_days_of_the_workspace(string zone, string now, string tenth, string eleventh, string twelfth)
    {
        await using var setting = await TaskSetting.StartAsync(zone);
        setting.Host.Time.SetUtcNow(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        foreach (var day in new[] { 10, 11, 12 })
        {
            await setting.AddOneAsync($"{day}", with: t => t.Due(new DateOnly(2026, 6, day)));
        }

        var page = await setting.Browser.GetAsync("/tasks");
        var overdue = await setting.Browser.GetAsync("/tasks?due=overdue");

        var tones = page.Html.QuerySelectorAll(".item .due").Select(d => d.QuerySelector(".tag")?.ClassList[1] ?? "").ToList();
        Assert.Equal([tenth, eleventh, twelfth], tones);
        Assert.Equal(tones.Count(t => t == "bad"), overdue.Html.QuerySelectorAll(".item").Length);
    }

    private static async Task<TaskSetting> StartAsync()
    {
        var setting = await TaskSetting.StartAsync();
        var today = DateOnly.FromDateTime(setting.Host.Now);
        ProjectTask Make(string title, int? due, TaskStatus status = TaskStatus.ToDo, bool mine = true)
        {
            var task = ProjectTask.Create(setting.ProjectId, title, 1, setting.Person.Id, setting.Host.Now);
            task.MoveTo(status, 1, setting.Host.Now);
            task.Due(due is { } days ? today.AddDays(days) : null);
            task.AssignTo(mine ? setting.Person.Id : null);
            return task;
        }

        var soon = Make("Soon", 1, TaskStatus.Doing);
        soon.Prioritize(Priority.Urgent);
        var archived = Make("Archived", -3);
        archived.Archive(setting.Host.Now);
        await setting.Host.SaveAsync(db => db.Tasks.AddRange(
            Make("Late", -1), Make("Now", 0), soon, Make("Seventh", 7), Make("Eighth", 8), Make("Done", -2, TaskStatus.Done), Make("Nobody's", null, mine: false), archived));
        return setting;
    }
}
