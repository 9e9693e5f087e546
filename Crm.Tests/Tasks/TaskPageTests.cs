using System.Net;
using Crm.Accounts;
using Crm.Tasks;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Tasks;

public sealed class TaskPageTests
{
    [Theory]
    [InlineData("title", "Ticket checkout", "Ticket checkout")]
    [InlineData("description", "**One** sentence", "One sentence")]
    [InlineData("status", "review", "Review")]
    [InlineData("priority", "urgent", "Urgent")]
    [InlineData("due", "2026-03-14", "14 Mar")]
    [InlineData("labels", "design, checkout, Design", "design")]
    public async Task A_field_is_changed_in_place_and_leaves_a_trace(string field, string value, string shown)
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("A");

        var form = await setting.Browser.GetFragmentAsync($"/tasks/{id}/fields/{field}");
        var answer = await setting.Browser.PostFragmentAsync($"/tasks/{id}/fields/{field}", ("value", value), ("version", "1"));
        var page = await setting.Browser.GetAsync($"/tasks/{id}");

        Assert.NotNull(form.Html.QuerySelector($"form#projecttask-{id}-{field} [name=value]"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(shown, answer.TextOf($"#projecttask-{id}-{field}"), StringComparison.Ordinal);
        Assert.Contains(shown, page.TextOf($"#projecttask-{id}-{field}"), StringComparison.Ordinal);
        Assert.Equal(1, await setting.Host.ReadAsync(db => db.Changes.CountAsync(c => c.Kind == nameof(ProjectTask) && c.RecordId == id && !Crm.Timeline.Change.Quiet.Contains(c.Field))));
    }

    [Theory]
    [InlineData("title", "")]
    [InlineData("title", "A\u0007B")]
    [InlineData("status", "finished")]
    [InlineData("priority", "9")]
    [InlineData("assignee", "999")]
    [InlineData("assignee", "me")]
    [InlineData("due", "soon")]
    [InlineData("due", "2026-02-30")]
    [InlineData("labels", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21")]
    [InlineData("labels", "a label that goes on until it is longer than sixty characters, and then some")]
    public async Task A_value_that_cannot_be_is_refused_with_the_text_kept(string field, string value)
    {
        await using var setting = await TaskSetting.StartAsync();
        var id = await setting.AddOneAsync("A");

        var answer = await setting.Browser.PostFragmentAsync($"/tasks/{id}/fields/{field}", ("value", value), ("version", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotEqual("", answer.TextOf(".error"));
        Assert.Equal(1, (await setting.ReadAsync(id)).Version);
    }

    [Fact]
    public async Task A_task_is_given_to_the_team_and_to_nobody_else()
    {
        await using var setting = await TaskSetting.StartAsync();
        var tom = await setting.Host.AddPersonAsync("Tom Baker");
        var client = await setting.Host.AddPersonAsync("Asta Lind", Role.Client);
        var id = await setting.AddOneAsync("A");
        var url = $"/tasks/{id}/fields/assignee";

        var given = await setting.Browser.PostFragmentAsync(url, ("value", $"{tom.Id}"), ("version", "1"));
        var refused = await setting.Browser.PostFragmentAsync(url, ("value", $"{client.Id}"), ("version", "2"));

        Assert.Contains("Tom Baker", given.TextOf(".shown"), StringComparison.Ordinal);
        Assert.Equal("TB", given.TextOf(".avatar"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(tom.Id, (await setting.ReadAsync(id)).AssigneeId);

        await setting.Browser.PostFragmentAsync(url, ("value", ""), ("version", "2"));
        Assert.Null((await setting.ReadAsync(id)).AssigneeId);
    }

    [Fact]
    public async Task A_status_that_is_set_on_the_page_gives_the_task_a_place_and_a_time()
    {
        await using var setting = await TaskSetting.StartAsync();
        await setting.AddAsync(TaskStatus.Review, "R", "S");
        await setting.AddAsync(TaskStatus.Done, "D");
        var id = (await setting.AddAsync(TaskStatus.ToDo, "A"))[0];

        await setting.Browser.PostFragmentAsync($"/tasks/{id}/fields/status", ("value", "review"), ("version", "1"));
        Assert.Equal(["R", "S", "A"], await setting.ColumnAsync(TaskStatus.Review));
        Assert.Null((await setting.ReadAsync(id)).CompletedAt);

        await setting.Browser.PostFragmentAsync($"/tasks/{id}/fields/status", ("value", "done"), ("version", "2"));
        Assert.Equal(["A", "D"], await setting.ColumnAsync(TaskStatus.Done));
        Assert.Equal(setting.Host.Now, (await setting.ReadAsync(id)).CompletedAt);
    }

    [Fact]
    public async Task Two_people_who_edit_different_fields_both_keep_their_words()
    {
        await using var setting = await TaskSetting.StartAsync();
        var (colleague, _) = await setting.Host.SignInAsync(Role.Member, "Tom Baker");
        var id = await setting.AddOneAsync("A");

        await setting.Browser.PostFragmentAsync($"/tasks/{id}/fields/title", ("value", "Mine"), ("version", "1"));
        var theirs = await colleague.PostFragmentAsync($"/tasks/{id}/fields/description", ("value", "Theirs"), ("version", "1"));

        Assert.Equal(HttpStatusCode.OK, theirs.Status);
        var task = await setting.ReadAsync(id);
        Assert.Equal(("Mine", "Theirs"), (task.Title, task.Description));
    }

    [Fact]
    public async Task Two_people_who_edit_the_same_field_are_told_of_each_other()
    {
        await using var setting = await TaskSetting.StartAsync();
        var (colleague, _) = await setting.Host.SignInAsync(Role.Member, "Tom Baker");
        var id = await setting.AddOneAsync("A");

        await setting.Browser.PostFragmentAsync($"/tasks/{id}/fields/title", ("value", "Mine"), ("version", "1"));
        var theirs = await colleague.PostFragmentAsync($"/tasks/{id}/fields/title", ("value", "Theirs"), ("version", "1"));

        Assert.Equal(HttpStatusCode.Conflict, theirs.Status);
        Assert.Contains("Inès Moreau", theirs.TextOf(".conflict"), StringComparison.Ordinal);
        Assert.Equal("Theirs", theirs.Html.QuerySelector("[name=value]")?.GetAttribute("value"));
        Assert.Equal("Mine", (await setting.ReadAsync(id)).Title);
    }

    [Fact]
    public async Task A_member_is_added_and_taken_off_and_a_client_is_refused()
    {
        await using var setting = await TaskSetting.StartAsync();
        var tom = await setting.Host.AddPersonAsync("Tom Baker");
        var client = await setting.Host.AddPersonAsync("Asta Lind", Role.Client);
        var id = await setting.AddOneAsync("A");
        var url = $"/tasks/{id}/members";

        var added = await setting.Browser.PostFragmentAsync(url, ("personId", $"{tom.Id}"));
        Assert.Equal("Tom Baker", added.TextOf("li .truncate"));
        foreach (var person in new[] { $"{client.Id}", "", "x" })
        {
            var refused = await setting.Browser.PostFragmentAsync(url, ("personId", person));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Equal("Choose a person of the team.", refused.TextOf(".error"));
        }

        Assert.Equal(tom.Id, await setting.Host.ReadAsync(db => db.TaskMembers.Select(m => m.PersonId).SingleAsync()));
        await setting.Browser.PostAsync($"{url}?handler=Remove&personId={tom.Id}");
        Assert.Equal(0, await setting.Host.ReadAsync(db => db.TaskMembers.CountAsync()));
    }
}
