using System.Text.Json.Nodes;
using Crm.Accounts;
using Crm.Data;
using Crm.Imports;
using Crm.Tasks;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Imports;

public sealed class BoardImportTests
{
    [Fact]
    public async Task A_board_becomes_a_project_with_all_that_is_on_it()
    {
        await using var host = await CrmHost.StartAsync();
        var admin = await host.AddPersonAsync("Inès Moreau", Role.Admin);

        var report = await host.ImportAsync(BoardJson.Read(), admin.Id);

        Assert.Equal(new ImportCounts(Projects: 1, Tasks: 6, Comments: 3, Checklists: 1, People: 4), report.Counts);
        var project = await host.ReadAsync(db => db.Projects.Include(p => p.Members).ThenInclude(m => m.Person).SingleAsync());
        Assert.Equal(("Lantern walk", "The *night walk* through the old town.", admin.Id), (project.Name, project.Description, project.OwnerId));
        Assert.Equal(["Ada Byrne", "Inès Moreau", "Olu Ade", "mika_x"], project.Members.Select(m => m.Person.Name).Order(StringComparer.Ordinal));
        var walk = await TaskAsync(host, "Walk the route at dusk");
        Assert.Equal(("Bring a **torch**.\nAnd a map.", TaskStatus.Doing, "En cours"), (walk.Description, walk.Status, walk.ListName));
        Assert.Equal(new DateOnly(2026, 6, 2), walk.DueOn);
        Assert.Equal(["route", "black"], walk.Labels);
        Assert.Equal("Olu Ade", walk.Assignee!.Name);
        Assert.Equal("Ada Byrne", walk.Members.Single().Person.Name);
        Assert.Equal([("Market gate", true), ("Bridge", false)], walk.Checklists.Single().Items.Select(i => (i.Text, i.IsDone)));
        var made = await host.ReadAsync(db => db.Changes.Where(c => c.ProjectId == project.Id).ToListAsync());
        Assert.All(made, c => Assert.Equal((Change.Created, Via.Import, admin.Id), (c.Field, c.Via, c.PersonId)));
        Assert.Equal(1 + 6 + 1 + 2 + 3, made.Count);
    }

    [Fact]
    public async Task Comments_keep_their_authors_and_times_even_of_those_who_left()
    {
        await using var host = await CrmHost.StartAsync();

        var report = await host.ImportAsync(BoardJson.Read());

        var comments = await host.ReadAsync(db => db.Interactions.Include(i => i.Author).OrderBy(i => i.CreatedAt).ToListAsync());
        Assert.Equal(["Ada Byrne", "Olu Ade", "Priya Nair"], comments.Select(c => c.Author.Name));
        Assert.Equal(new DateTime(2026, 5, 11, 9, 0, 0, DateTimeKind.Utc), comments[1].CreatedAt);
        Assert.Equal(new DateTime(2026, 5, 11, 10, 0, 0, DateTimeKind.Utc), comments[1].EditedAt);
        Assert.All(comments, c => Assert.False(c.Author.CanSignIn));
        Assert.Contains("3 older comments are not in the file: Trello exports only the newest 1,000 actions of a board.", report.Skipped);
    }

    [Fact]
    public async Task Archived_cards_and_the_cards_of_archived_lists_arrive_archived()
    {
        await using var host = await CrmHost.StartAsync();

        await host.ImportAsync(BoardJson.Read());

        var archived = await host.ReadAsync(db => db.Tasks.Where(t => t.ArchivedAt != null).OrderBy(t => t.ArchivedAt).ToListAsync());
        Assert.Equal(["Last year's posters", "Print the map"], archived.Select(t => t.Title));
        Assert.Equal(new DateTime(2025, 4, 1, 8, 0, 0, DateTimeKind.Utc), archived[0].ArchivedAt);
    }

    [Fact]
    public async Task A_done_date_makes_a_task_done_and_links_of_attachments_are_kept()
    {
        await using var host = await CrmHost.StartAsync();

        await host.ImportAsync(BoardJson.Read());

        var order = await TaskAsync(host, "Order lanterns");
        Assert.Equal(TaskStatus.Done, order.Status);
        Assert.NotNull(order.CompletedAt);
        Assert.Equal("**Attachments**\n\n- [Offer (final).pdf](https://example.com/offer%20%28final%29.pdf)", order.Description);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_at_all()
    {
        await using var host = await CrmHost.StartAsync();
        await host.ImportAsync(BoardJson.Read());
        var before = await host.EverythingAsync();
        host.Time.Advance(TimeSpan.FromDays(3));

        var report = await host.ImportAsync(BoardJson.Read());

        Assert.Equal(new ImportCounts(), report.Counts);
        Assert.Equal(before, await host.EverythingAsync());
    }

    [Fact]
    public async Task A_newer_export_brings_what_is_new_and_what_has_changed()
    {
        await using var host = await CrmHost.StartAsync();
        await host.ImportAsync(BoardJson.Read());
        var newer = BoardJson.Read();
        var walk = newer.Card(BoardJson.Walk);
        (walk["name"], walk["idList"], walk["closed"]) = ("Walk it again", "L3", false);
        walk["idMembers"] = new JsonArray("m2", "m3");
        newer["checklists"]![0]!["checkItems"]![0]!["state"] = "complete";
        newer["checklists"]![0]!["checkItems"]!.AsArray().Add(JsonNode.Parse("""{"id":"i3","name":"Harbour","state":"incomplete","pos":3}"""));
        newer.Cards().Add(JsonNode.Parse("""{"id":"66000000bbbbbbbbbbbbbb07","name":"New one","idList":"L1","pos":1}"""));

        var report = await host.ImportAsync(newer);

        Assert.Equal(new ImportCounts(Tasks: 1, Updated: 2), report.Counts);
        var task = await TaskAsync(host, "Walk it again");
        Assert.Equal((TaskStatus.Review, "mika_x"), (task.Status, task.Members.Single().Person.Name));
        Assert.Equal(["Market gate", "Bridge", "Harbour"], task.Checklists.Single().Items.Select(i => i.Text));
        Assert.All(await host.ReadAsync(db => db.Changes.ToListAsync()), c => Assert.True(c.Via == Via.Import || c.Kind == "Workspace"));
    }

    [Fact]
    public async Task What_people_changed_or_deleted_here_stays_so()
    {
        await using var host = await CrmHost.StartAsync();
        await host.ImportAsync(BoardJson.Read());
        await ChangeHereAsync(host, async db =>
        {
            var walk = await db.Tasks.Include(t => t.Members).SingleAsync(t => t.Title.StartsWith("Walk"));
            walk.Retitle("Our own words");
            walk.Remove(walk.Members.Single().PersonId);
            (await db.Tasks.SingleAsync(t => t.Title == "Order lanterns")).Delete(host.Now);
            (await db.Interactions.SingleAsync(i => i.Body.StartsWith("When"))).Delete(byId: 1, host.Now);
        });
        var newer = BoardJson.Read();
        (newer.Card(BoardJson.Walk)["name"], newer.Card(BoardJson.Walk)["desc"]) = ("Their words", "Their description");
        newer["actions"]![2]!["data"]!["text"] = "When, when?";

        await host.ImportAsync(newer);

        var walk = await TaskAsync(host, "Our own words");
        Assert.Equal("Their description", walk.Description);
        Assert.Empty(walk.Members);
        Assert.False(await host.ReadAsync(db => db.Tasks.AnyAsync(t => t.Title == "Order lanterns")));
        Assert.Equal(1, await host.ReadAsync(db => db.Interactions.CountAsync(i => i.DeletedAt != null)));
    }

    [Fact]
    public async Task A_project_that_was_deleted_here_stays_deleted_and_the_report_says_so()
    {
        await using var host = await CrmHost.StartAsync();
        await host.ImportAsync(BoardJson.Read());
        await ChangeHereAsync(host, async db => (await db.Projects.SingleAsync()).Delete(host.Now));
        var before = await host.EverythingAsync();

        var report = await host.ImportAsync(BoardJson.Read());

        Assert.Contains(report.Skipped, s => s.Contains("was deleted here", StringComparison.Ordinal));
        Assert.Equal(before, await host.EverythingAsync());
    }

    [Fact]
    public async Task Who_was_deleted_here_is_not_brought_back_and_given_no_work()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, admin) = await host.SignInAsync();
        using var _ = browser;
        await host.ImportAsync(BoardJson.Read());
        var gone = await host.ReadAsync(db => db.Tasks.Where(t => t.AssigneeId != null && t.Assignee!.JoinedAt == null).Select(t => t.Assignee!).FirstAsync());
        await browser.PostAsync($"/people/{gone.Id}/leave/delete", ("Name", gone.Name), ("Successor", $"{admin.Id}"));
        var people = await host.ReadAsync(db => db.People.CountAsync());
        Assert.NotNull(await host.ReadAsync(db => db.People.Where(p => p.Id == gone.Id).Select(p => p.DeletedAt).SingleAsync()));

        await host.ImportAsync(BoardJson.Read());

        Assert.Equal(people, await host.ReadAsync(db => db.People.CountAsync()));
        Assert.False(await host.ReadAsync(db => db.Tasks.AnyAsync(t => t.AssigneeId == gone.Id && t.Status != Crm.Tasks.TaskStatus.Done)));
        Assert.False(await host.ReadAsync(db => db.ProjectMembers.AnyAsync(m => m.PersonId == gone.Id)));
        Assert.Equal(Person.FormerName, await host.ReadAsync(db => db.People.Where(p => p.Id == gone.Id).Select(p => p.Name).SingleAsync()));
    }

    [Fact]
    public async Task Somebody_of_the_same_name_is_recognised_but_no_client_and_nobody_whose_name_is_not_theirs_alone()
    {
        await using var host = await CrmHost.StartAsync();
        var ada = await host.AddPersonAsync("ADA Byrné");
        var client = await host.AddPersonAsync("Olu Ade", Role.Client);
        await host.AddPersonAsync("mika_x");
        await host.AddPersonAsync("Mika_X");

        await host.ImportAsync(BoardJson.Read(), ada.Id);

        Assert.Equal(4 + 3, await host.ReadAsync(db => db.People.CountAsync()));
        Assert.Equal("trello:m1", (await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == ada.Id))).ImportKey);
        Assert.False(await host.ReadAsync(db => db.ProjectMembers.AnyAsync(m => m.PersonId == client.Id)));
    }

    [Fact]
    public async Task A_choice_decides_whom_somebody_becomes()
    {
        await using var host = await CrmHost.StartAsync();
        var ada = await host.AddPersonAsync("Ada Byrne");
        var client = await host.AddPersonAsync("Client", Role.Client);

        await host.ImportAsync(BoardJson.Read(), ada.Id, ("m1", 0), ("m2", client.Id));

        Assert.Equal(2, await host.ReadAsync(db => db.People.CountAsync(p => p.Name == "Ada Byrne")));
        Assert.Equal(client.Id, (await TaskAsync(host, "Walk the route at dusk")).AssigneeId);
    }

    [Fact]
    public async Task Many_cards_come_in_short_transactions_and_a_run_that_was_stopped_goes_on()
    {
        await using var host = await CrmHost.StartAsync();
        var board = BoardJson.Read();
        for (var i = 0; i < 250; i++)
        {
            board.Cards().Add(JsonNode.Parse($$"""{"id":"many{{i}}","name":"Card {{i}}","idList":"L1","pos":{{i}}}"""));
        }

        List<int> reached = [];
        var parsed = await board.ParseAsync();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var import = scope.ServiceProvider.GetRequiredService<Crm.Imports.Trello.BoardImport>();
            await Assert.ThrowsAsync<OperationCanceledException>(() => import.RunAsync(parsed, null, new Dictionary<string, int>(), null, (done, _) =>
            {
                reached.Add(done);
                return done < 200 ? Task.CompletedTask : throw new OperationCanceledException();
            }, TestContext.Current.CancellationToken));
        }

        Assert.Equal([0, 100, 200], reached);
        Assert.Equal(100, await host.ReadAsync(db => db.Tasks.CountAsync()));
        var rest = await host.ImportAsync(board);
        Assert.Equal((156, 0), (rest.Counts.Tasks, rest.Counts.People));
        Assert.Equal(256, await host.ReadAsync(db => db.Tasks.CountAsync()));
    }

    private static async Task ChangeHereAsync(CrmHost host, Func<CrmDb, Task> change)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAs(null, Via.Web);
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        await change(db);
        await db.SaveChangesAsync();
    }

    private static Task<ProjectTask> TaskAsync(CrmHost host, string title) => host.ReadAsync(db => db.Tasks.AsSplitQuery()
        .Include(t => t.Assignee)
        .Include(t => t.Members).ThenInclude(m => m.Person)
        .Include(t => t.Checklists).ThenInclude(c => c.Items.OrderBy(i => i.Position))
        .SingleAsync(t => t.Title == title));
}
