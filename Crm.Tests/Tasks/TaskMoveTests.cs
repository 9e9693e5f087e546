using System.Net;
using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Tasks;

public sealed class TaskMoveTests
{
    [Theory]
    [InlineData("to=up", "A C B D")]
    [InlineData("to=down", "A B D C")]
    [InlineData("to=top", "C A B D")]
    [InlineData("before=1", "C A B D")]
    [InlineData("after=1", "A C B D")]
    [InlineData("after=4", "A B D C")]
    public async Task A_task_moves_within_its_column(string how, string order)
    {
        await using var setting = await TaskSetting.StartAsync();
        var ids = await setting.AddAsync(TaskStatus.ToDo, "A", "B", "C", "D");

        var answer = await setting.Browser.PostFragmentAsync($"/tasks/{ids[2]}/move?on=list&{how}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(order, string.Join(' ', await setting.ColumnAsync(TaskStatus.ToDo)));
        Assert.Equal(order, string.Join(' ', answer.Html.QuerySelectorAll("#tasks-todo a.t").Select(a => a.TextContent)));
    }

    [Fact]
    public async Task A_card_that_is_dropped_into_another_column_stands_where_it_was_dropped()
    {
        await using var setting = await TaskSetting.StartAsync();
        var todo = await setting.AddAsync(TaskStatus.ToDo, "A", "B");
        var review = await setting.AddAsync(TaskStatus.Review, "R", "S");

        var answer = await setting.Browser.PostFragmentAsync($"/tasks/{todo[0]}/move?on=board&status=review&after={review[0]}");

        Assert.Equal(["R", "A", "S"], await setting.ColumnAsync(TaskStatus.Review));
        Assert.Equal(["B"], await setting.ColumnAsync(TaskStatus.ToDo));
        Assert.Equal(["#tasks-todo", "#tasks-review"], answer.Html.QuerySelectorAll("hx-partial[hx-swap=outerMorph]").Select(p => p.GetAttribute("hx-target")));
        Assert.Contains("moved to Review", answer.Header("HX-Trigger"));
        var changes = await setting.Host.ReadAsync(db => db.Changes.Where(c => c.RecordId == todo[0] && c.Kind == nameof(ProjectTask)).OrderBy(c => c.Field).ToListAsync());
        Assert.Equal(["Created", "Position", "Status"], changes.Select(c => c.Field));
        Assert.Equal(("ToDo", "Review"), (changes[^1].From, changes[^1].To));
    }

    [Theory]
    [InlineData("to=next", TaskStatus.Review)]
    [InlineData("to=previous", TaskStatus.ToDo)]
    public async Task Keys_move_a_task_to_the_next_and_the_previous_status(string how, TaskStatus expected)
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("A", TaskStatus.Doing);

        await setting.Browser.PostFragmentAsync($"/tasks/{id}/move?on=board&{how}");

        Assert.Equal(expected, (await setting.ReadAsync(id)).Status);
    }

    [Fact]
    public async Task Without_JavaScript_a_move_leads_back_to_where_it_was_asked_for()
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("A");

        var answer = await setting.Browser.PostAsync($"/tasks/{id}/move?on=board&status=doing");

        Assert.Equal($"/projects/{setting.ProjectId}/board#task-{id}", answer.Location);
        Assert.Equal(TaskStatus.Doing, (await setting.ReadAsync(id)).Status);
    }

    [Fact]
    public async Task A_place_beside_a_task_of_another_project_column_or_of_nowhere_is_refused()
    {
        await using var setting = await TaskSetting.StartAsync();
        var ids = await setting.AddAsync(TaskStatus.ToDo, "A", "B");
        var done = await setting.AddOneAsync("D", TaskStatus.Done);
        var elsewhere = await AddElsewhereAsync(setting);

        foreach (var how in new[] { $"after={elsewhere}", $"before={elsewhere}", $"after={done}", "after=9999", "before=x", $"after={ids[1]}", "status=finished" })
        {
            var answer = await setting.Browser.PostFragmentAsync($"/tasks/{ids[1]}/move?on=list&{how}");

            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal("#flash", answer.Header("HX-Retarget"));
        }

        Assert.Equal(["A", "B"], await setting.ColumnAsync(TaskStatus.ToDo));
        Assert.Equal(1, (await setting.ReadAsync(ids[1])).Version);
    }

    [Fact]
    public async Task Moves_of_many_people_at_once_lose_no_task_and_leave_an_order()
    {
        await using var setting = await TaskSetting.StartAsync();
        var ids = await setting.AddAsync(TaskStatus.ToDo, "A", "B", "C", "D", "E", "F");
        await setting.Browser.TokenAsync(); // the cookie that goes with it, before all send at once

        var answers = await Task.WhenAll(ids.Skip(1).Select(id => setting.Browser.PostFragmentAsync($"/tasks/{id}/move?on=list&after={ids[0]}")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        var places = await setting.Host.ReadAsync(db => db.Tasks.InColumn(setting.ProjectId, TaskStatus.ToDo).Select(t => new { t.Title, t.Position }).ToListAsync());
        Assert.Equal("A", places[0].Title);
        Assert.Equal(6, places.Select(p => p.Title).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(6, places.Select(p => p.Position).Distinct().Count());
    }

    [Fact]
    public async Task A_full_gap_is_opened_by_numbering_the_column_anew()
    {
        await using var setting = await TaskSetting.StartAsync();
        var ids = await setting.AddAsync(TaskStatus.ToDo, "A", "B", "C");
        await setting.ChangeAsync(ids[1], t => t.MoveTo(TaskStatus.ToDo, double.BitIncrement(1024), setting.Host.Now));

        var answer = await setting.Browser.PostFragmentAsync($"/tasks/{ids[2]}/move?on=list&after={ids[0]}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["A", "C", "B"], await setting.ColumnAsync(TaskStatus.ToDo));
        Assert.Equal(3 * TaskColumn.Step, (await setting.ReadAsync(ids[1])).Position);
    }

    private static async Task<int> AddElsewhereAsync(TaskSetting setting)
    {
        var project = Project.Create("Another", setting.Person.Id, setting.Host.Now);
        await setting.Host.SaveAsync(db => db.Projects.Add(project));
        var task = ProjectTask.Create(project.Id, "X", 1, setting.Person.Id, setting.Host.Now);
        await setting.Host.SaveAsync(db => db.Tasks.Add(task));
        return task.Id;
    }
}
