using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Webhooks;

public sealed class WebhooksApiTests
{
    [Fact]
    public async Task A_webhook_is_made_read_changed_paused_resumed_deleted_and_restored()
    {
        await using var host = await WebhookHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        using var caller = await host.CallAsync(me);

        var made = await caller.PostAsync("/webhooks", new { name = "Mirror", url = "https://example.com/hooks", events = new[] { "task.moved", "task.created" } }, ("Idempotency-Key", "k1"));
        var read = await caller.GetAsync("/webhooks/1");
        var changed = await caller.PatchAsync("/webhooks/1", new { events = new[] { "*" }, description = "For the wall" }, ("If-Match", read.Header("ETag")!));
        var late = await caller.PatchAsync("/webhooks/1", new { name = "Other" }, ("If-Match", read.Header("ETag")!));
        var paused = await caller.PostAsync("/webhooks/1/pause");
        var resumed = await caller.PostAsync("/webhooks/1/resume");
        var deleted = await caller.DeleteAsync("/webhooks/1");
        var gone = await caller.GetAsync("/webhooks/1");
        var restored = await caller.PostAsync("/webhooks/1/restore");

        Assert.Equal((HttpStatusCode.Created, "/api/v1/webhooks/1", "no-store"), (made.Status, made.Location, made.Header("Cache-Control")));
        Assert.StartsWith("whsec_", (string)made.Json["secret"]!, StringComparison.Ordinal);
        Assert.Equal(("Mirror", """["task.created","task.moved"]""", "Inès Moreau"), ((string)read.Json["name"]!, read.Json["events"]!.ToJsonString(), (string)read.Json["createdBy"]!["name"]!));
        Assert.DoesNotContain("ecret\":\"", read.Text, StringComparison.Ordinal);
        Assert.Equal(("Mirror", """["*"]""", "For the wall", 2), ((string)changed.Json["name"]!, changed.Json["events"]!.ToJsonString(), (string)changed.Json["description"]!, (int)changed.Json["version"]!));
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.Status);
        Assert.Equal((true, false), (paused.Json["pausedAt"] is not null, resumed.Json["pausedAt"] is not null));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, true), (deleted.Status, gone.Status, restored.Json["pausedAt"] is not null));
        Assert.False(await host.ReadAsync(db => db.Receipts.AnyAsync(r => r.Answer!.Contains("whsec_"))));
        Assert.Equal("Mirror", (string)(await caller.GetAsync("/webhooks")).Json["items"]![0]!["name"]!);
    }

    [Theory]
    [InlineData("""{"url":"https://example.com/","events":["*"]}""", "name")]
    [InlineData("""{"name":"Mirror","url":"ftp://example.com/","events":["*"]}""", "url")]
    [InlineData("""{"name":"Mirror","url":"https://me:secret@example.com/","events":["*"]}""", "url")]
    [InlineData("""{"name":"Mirror","url":"https://example.com/"}""", "events")]
    [InlineData("""{"name":"Mirror","url":"https://example.com/","events":[]}""", "events")]
    [InlineData("""{"name":"Mirror","url":"https://example.com/","events":["*","task.created"]}""", "events")]
    [InlineData("""{"name":"Mirror","url":"https://example.com/","events":["task.exploded"]}""", "events")]
    [InlineData("""{"name":"Mirror","url":"https://example.com/","events":[null]}""", "events")]
    public async Task What_cannot_be_is_refused_by_its_name_and_nothing_is_changed(string body, string field)
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/", "task.created");
        using var caller = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin));

        var made = await caller.PostAsync("/webhooks", body);
        var changed = await caller.PatchAsync($"/webhooks/{webhook.Id}", field == "name" ? """{"name":" "}""" : body.Contains(field, StringComparison.Ordinal) ? body : """{"events":null}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (made.Status, changed.Status));
        Assert.NotNull(made.Json["errors"]![field]);
        Assert.NotNull(changed.Json["errors"]![field]);
        Assert.Equal(1, (await host.WebhookAsync(webhook.Id)).Version);
        Assert.Equal(1, await host.ReadAsync(db => db.Webhooks.CountAsync()));
    }

    [Fact]
    public async Task Messages_are_listed_read_tried_and_sent_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync(receiver.Url, "project.created");
        using var caller = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin));
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.BadRequest, "No");

        var test = await caller.PostAsync($"/webhooks/{webhook.Id}/test");
        await caller.PostAsync("/projects", new { name = "Museum" });
        await host.SendDueAsync();
        var waiting = await caller.GetAsync($"/webhooks/{webhook.Id}/deliveries?state=pending&limit=1");
        var next = await caller.GetAsync($"/webhooks/{webhook.Id}/deliveries?state=pending&limit=1&cursor={waiting.Json["nextCursor"]}");
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.OK);
        var again = await caller.PostAsync($"/webhooks/{webhook.Id}/deliveries/2/redeliver");
        await host.SendDueAsync();
        var read = await caller.GetAsync($"/webhooks/{webhook.Id}/deliveries/2");

        Assert.Equal((HttpStatusCode.Created, "webhook.test"), (test.Status, (string)test.Json["event"]!));
        Assert.Equal(("project.created", "webhook.test"), ((string)waiting.Json["items"]![0]!["event"]!, (string)next.Json["items"]![0]!["event"]!));
        Assert.Equal((400, 1), ((int)waiting.Json["items"]![0]!["lastStatus"]!, (int)waiting.Json["items"]![0]!["attempts"]!));
        Assert.Equal((HttpStatusCode.OK, "pending"), (again.Status, (string)again.Json["state"]!));
        Assert.Equal("sent", (string)read.Json["delivery"]!["state"]!);
        Assert.Equal(receiver.Received[^1].Body, (string)read.Json["payload"]!);
        Assert.Contains("\"via\":\"api\"", (string)read.Json["payload"]!, StringComparison.Ordinal);
        Assert.Equal([(200, ""), (400, "No")], read.Json["log"]!.AsArray().Select(a => ((int)a!["status"]!, (string)a["answer"]!)));
    }

    [Fact]
    public async Task A_paused_one_sends_nothing_and_another_ones_message_is_not_found()
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/", "project.created");
        var (other, _) = await host.AddWebhookAsync("https://example.com/", "task.created");
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        using var caller = await host.CallAsync(me);
        await host.SaveAsync(db => db.Projects.Add(Project.Create("One", me.Id, host.Now)));
        await caller.PostAsync($"/webhooks/{webhook.Id}/pause");

        var test = await caller.PostAsync($"/webhooks/{webhook.Id}/test");
        var again = await caller.PostAsync($"/webhooks/{webhook.Id}/deliveries/1/redeliver");
        var foreign = await caller.GetAsync($"/webhooks/{other.Id}/deliveries/1");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.NotFound), (test.Status, again.Status, foreign.Status));
        Assert.Single(await host.DeliveriesAsync());
    }

    [Fact]
    public async Task Who_did_not_sign_in_lately_makes_none_and_leads_none_elsewhere()
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/", "project.created");
        using var caller = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin));
        host.Time.Advance(Confirmation.Lifetime + TimeSpan.FromMinutes(1));

        var made = await caller.PostAsync("/webhooks", new { name = "Mirror", url = "https://example.com/", events = new[] { "*" } });
        var changed = await caller.PatchAsync($"/webhooks/{webhook.Id}", new { url = "https://other.example/" });
        var renewed = await caller.PostAsync($"/webhooks/{webhook.Id}/secret", new { keepOld = false });

        Assert.All([made, changed, renewed], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.Status));
        var kept = await host.WebhookAsync(webhook.Id);
        Assert.Equal((1, webhook.Url, webhook.SealedSecret), (kept.Version, kept.Url, kept.SealedSecret));
        Assert.Equal(1, await host.ReadAsync(db => db.Webhooks.CountAsync()));
    }
}
