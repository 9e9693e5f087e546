using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Webhooks;

public sealed class OutboxTests
{
    private const string Nowhere = "http://127.0.0.1:9/";

    [Fact]
    public async Task What_people_do_becomes_events_with_who_what_and_where()
    {
        await using var host = await WebhookHost.StartAsync(configure: b => b.Configuration["PublicUrl"] = "https://crm.example/");
        await host.AddWebhookAsync(Nowhere);
        var (browser, me) = await host.SignInAsync(Role.Member);
        var sam = await host.AddPersonAsync("Sam Lee");
        await host.SaveAsync(db => db.RemoveRange(db.WebhookDeliveries));

        await browser.PostAsync("/projects/new", ("Input.Name", "Museum"), ("Input.Status", "Active"));
        await browser.PostAsync("/projects/1/tasks", ("title", "Tickets"));
        await browser.PostAsync("/tasks/1/fields/due", ("value", "2026-07-01"), ("version", "1"));
        await browser.PostAsync("/tasks/1/move?to=next");
        await browser.PostAsync("/tasks/1/move", ("status", "done"));
        await browser.PostAsync("/tasks/1/move", ("status", "todo"));
        await browser.PostAsync("/tasks/1/checklists", ("name", "Steps"));
        await browser.PostAsync("/checklists/1/items", ("text", "First"));
        await browser.PostAsync("/checklist-items/1/check?done=true");
        await browser.PostAsync("/tasks/1/comments", ("body", "Hello"));
        await browser.PostAsync("/comments/1/edit", ("body", "Hello there"), ("version", "1"));
        await browser.PostAsync("/comments/1/delete");
        await browser.PostAsync("/tasks/1/members", ("personId", $"{sam.Id}"));
        await browser.PostAsync("/projects/1/rating", ("stars", "4"));
        await browser.PostAsync("/tasks/1/archive");
        await browser.PostAsync("/tasks/1/bringback");
        await browser.PostAsync("/tasks/1/delete");
        await browser.PostAsync("/tasks/1/restore");

        var told = (await host.DeliveriesAsync()).ConvertAll(d => JsonNode.Parse(d.Payload)!);
        Assert.Equal(
            [
                "project.created", "task.created", "task.updated", "task.moved", "task.moved", "task.completed", "task.moved", "task.reopened", "checklist.created",
                "checklist_item.created", "checklist_item.checked", "comment.created", "comment.updated", "comment.deleted", "task.updated", "rating.created",
                "task.archived", "task.unarchived", "task.deleted", "task.restored",
            ],
            told.Select(t => (string)t["type"]!));
        Assert.All(told, t => Assert.Equal((1, me.Id, "Inès Moreau", "web"), ((int)t["data"]!["projectId"]!, (int)t["data"]!["who"]!["id"]!, (string)t["data"]!["who"]!["name"]!, (string)t["data"]!["who"]!["via"]!)));
        Assert.All(told, t => Assert.Equal("2026-06-01T09:00:00.000Z", (string)t["timestamp"]!));
        Assert.Equal(
            """{"id":1,"url":"https://crm.example/tasks/1","projectId":1,"who":{"id":2,"name":"Inès Moreau","via":"web"},"title":"Tickets","description":"","status":"toDo","priority":"normal","audience":"teamOnly","assigneeId":null,"dueOn":"2026-07-01","labels":[],"createdAt":"2026-06-01T09:00:00Z","completedAt":null,"archivedAt":null,"version":2,"changes":[{"field":"dueOn","from":null,"to":"2026-07-01"}],"truncated":false}""",
            told[2]["data"]!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("""{"field":"members","from":null,"to":3}""", told[14]["data"]!["changes"]![0]!.ToJsonString());
        Assert.Null(told[13]["data"]!["body"]);
    }

    [Fact]
    public async Task A_change_that_is_taken_back_tells_nothing_and_one_that_is_kept_tells_once()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync(Nowhere, "project.created");
        var me = await host.AddPersonAsync("Sam Lee");

        await host.ReadAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync();
            db.Projects.Add(Project.Create("Never was", me.Id, host.Now));
            return await db.SaveChangesAsync();
        });
        await Assert.ThrowsAsync<DbUpdateException>(() => host.SaveAsync(db =>
        {
            db.Projects.Add(Project.Create("Never was either", me.Id, host.Now));
            db.Tasks.Add(ProjectTask.Create(999, "Nowhere", 1, me.Id, host.Now));
        }));
        var before = await host.DeliveriesAsync();
        await host.SaveAsync(db => db.Projects.Add(Project.Create("Museum", me.Id, host.Now)));

        Assert.Empty(before);
        Assert.Contains("\"name\":\"Museum\"", Assert.Single(await host.DeliveriesAsync()).Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_webhook_is_told_of_what_was_chosen_for_it_by_the_same_message_and_a_paused_or_deleted_one_of_nothing()
    {
        await using var host = await WebhookHost.StartAsync();
        var (all, _) = await host.AddWebhookAsync(Nowhere);
        var (some, _) = await host.AddWebhookAsync(Nowhere, "project.created", "task.created");
        var (paused, _) = await host.AddWebhookAsync(Nowhere);
        var (deleted, _) = await host.AddWebhookAsync(Nowhere);
        await host.SaveAsync(db => db.Webhooks.Single(w => w.Id == paused.Id).Pause(host.Now));
        await host.SaveAsync(db => db.Webhooks.Single(w => w.Id == deleted.Id).Delete(host.Now));
        var me = await host.AddPersonAsync("Sam Lee");
        await host.SaveAsync(db => db.RemoveRange(db.WebhookDeliveries.IgnoreQueryFilters()));

        await host.SaveAsync(db => db.Projects.Add(Project.Create("Museum", me.Id, host.Now)));
        await host.SaveAsync(db => db.Projects.Single().Rename("Harbour"));

        var told = await host.DeliveriesAsync();
        Assert.Equal([(all.Id, "project.created"), (some.Id, "project.created"), (all.Id, "project.updated")], told.Select(d => (d.WebhookId, d.Event)));
        Assert.Equal(told[0].MessageId, told[1].MessageId);
        Assert.NotEqual(told[0].MessageId, told[2].MessageId);
    }

    [Fact]
    public async Task Without_a_webhook_a_write_asks_and_writes_nothing_more()
    {
        await using var host = await WebhookHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        await browser.PostAsync("/projects/new", ("Input.Name", "Museum"), ("Input.Status", "Active"));

        host.Queries.Clear();
        await browser.PostAsync("/projects/1/tasks", ("title", "Tickets"));

        Assert.DoesNotContain(host.Queries.Commands, c => c.Contains("Webhook", StringComparison.Ordinal));
        Assert.Contains(host.Queries.Commands, c => c.Contains("INSERT INTO \"Tasks\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Long_texts_are_cut_and_a_message_stays_below_its_limit()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync(Nowhere, "project.updated");
        var me = await host.AddPersonAsync("Sam Lee");
        await host.SaveAsync(db => db.Projects.Add(Project.Create("Museum", me.Id, host.Now)));
        var words = string.Concat(Enumerable.Repeat("長", Project.DescriptionLength - 2)) + "\U0001F600";

        await host.SaveAsync(db => db.Projects.Single().Describe("short"));
        await host.SaveAsync(db => db.Projects.Single().Describe(words));

        var told = await host.DeliveriesAsync();
        var (whole, cut) = (JsonNode.Parse(told[0].Payload)!["data"]!, JsonNode.Parse(told[1].Payload)!["data"]!);
        Assert.Equal((false, "short"), ((bool)whole["truncated"]!, (string)whole["description"]!));
        Assert.Equal((true, WebhookPayload.LongestText + 1), ((bool)cut["truncated"]!, ((string)cut["description"]!).Length));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(told[1].Payload), 1_000, WebhookPayload.MostBytes);
    }

    [Fact]
    public async Task Of_accounts_and_invitations_it_is_told_who_and_never_a_secret()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync(Nowhere);
        await host.SaveAsync(db => db.RemoveRange(db.WebhookDeliveries));
        var sam = await host.AddPersonAsync("Sam Lee", email: "sam@example.com");

        await host.SaveAsync(db =>
        {
            var person = db.People.Single(p => p.Id == sam.Id);
            person.PasswordHash = "zq-hash";
            person.SecurityStamp = "zq-stamp";
            db.Invitations.Add(Invitation.Create("zq-token", Role.Member, "new@example.com", null, null, sam.Id, host.Now));
        });
        await host.SaveAsync(db => db.Invitations.Single().Renew("zq-other-token", host.Now));
        await host.SaveAsync(db => db.People.Single(p => p.Id == sam.Id).Become(Role.Client));
        await host.SaveAsync(db => db.People.Single(p => p.Id == sam.Id).Leave(host.Now));

        var told = await host.DeliveriesAsync();
        Assert.Equal(["person.created", "person.joined", "invitation.created", "invitation.renewed", "person.updated", "person.deleted"], told.Select(d => d.Event));
        Assert.All(told, d => Assert.DoesNotContain("zq-", d.Payload, StringComparison.Ordinal));
        Assert.DoesNotContain("sam@", told[^1].Payload, StringComparison.Ordinal);
        Assert.Equal("""[{"field":"role","from":"member","to":"client"}]""", JsonNode.Parse(told[4].Payload)!["data"]!["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task Every_event_that_can_arise_stands_in_the_list()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync(Nowhere);
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.ReadAsync(db => Crm.Data.Demo.SampleData.FillAsync(db, me.Id, host.Now));

        var told = await host.DeliveriesAsync();

        Assert.NotEmpty(told);
        Assert.All(told, d => Assert.True(WebhookEvents.IsKnown(d.Event), d.Event));
        Assert.Equal(WebhookEvents.All.Count, WebhookEvents.All.DistinctBy(e => e.Name).Count());
    }
}
