using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Webhooks;

public sealed class WebhookPageTests
{
    [Fact]
    public async Task An_admin_makes_one_sees_its_secret_once_and_finds_it_in_the_list()
    {
        await using var host = await WebhookHost.StartAsync();
        var (browser, me) = await host.SignInAsync();

        var made = await browser.PostAsync(
            "/webhooks/new", ("Input.Name", "Mirror"), ("Input.Url", "https://example.com/hooks"), ("Input.Everything", "false"), ("Input.Events", "task.moved"), ("Input.Events", "task.created"));
        var shown = await browser.GetAsync(made.Location!);
        var again = await browser.GetAsync(made.Location!);

        var webhook = await host.ReadAsync(db => db.Webhooks.Include(w => w.Health).SingleAsync());
        Assert.Equal(("Mirror", "https://example.com/hooks", me.Id, 1), (webhook.Name, webhook.Url, webhook.CreatedById, webhook.Version));
        Assert.Equal(["task.created", "task.moved"], webhook.Events);
        Assert.StartsWith("whsec_", shown.Html.QuerySelector(".code-box input")!.GetAttribute("value"), StringComparison.Ordinal);
        Assert.Null(again.Html.QuerySelector(".code-box"));
        Assert.DoesNotContain("whsec_", again.Text, StringComparison.Ordinal);
        var list = await browser.GetAsync("/webhooks");
        Assert.Equal("Mirror", list.TextOf("tbody th a"));
        Assert.Equal("Active", list.TextOf("tbody .tag"));
        Assert.Equal("None yet", list.TextOf("td[data-label='Last answer']"));
    }

    [Theory]
    [InlineData("", "https://example.com/", "task.created", "Input_Name-error", "needed")]
    [InlineData("Mirror", "", "task.created", "Input_Url-error", "needed")]
    [InlineData("Mirror", "https://example.com/", null, "events-error", "at least one")]
    [InlineData("Mirror", "https://example.com/", "task.exploded", "events-error", "no event")]
    [InlineData("Mirror", "https://example.com/", "*", "events-error", "no event")]
    [InlineData("Mirror", "https://example.com/", "webhook.test", "events-error", "no event")]
    public async Task What_is_missing_or_unknown_is_refused_with_what_was_typed(string name, string url, string? type, string error, string words)
    {
        await using var host = await WebhookHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var answer = await browser.PostAsync("/webhooks/new", [("Input.Name", name), ("Input.Url", url), .. type is null ? Array.Empty<(string, string)>() : [("Input.Events", type)]]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.TextOf($"#{error}"), StringComparison.Ordinal);
        Assert.Equal((name, url), (answer.ValueOf("Input.Name"), answer.ValueOf("Input.Url")));
        Assert.Equal(0, await host.ReadAsync(db => db.Webhooks.CountAsync()));
    }

    [Fact]
    public async Task More_than_fit_are_refused()
    {
        await using var host = await WebhookHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.SaveAsync(db => db.Webhooks.AddRange(Enumerable.Range(0, Webhook.Most).Select(i => Webhook.Create($"{i}", "", "https://example.com/", [Webhook.Everything], "x", me.Id, host.Now))));

        var answer = await browser.PostAsync("/webhooks/new", ("Input.Name", "One more"), ("Input.Url", "https://example.com/"), ("Input.Everything", "true"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(Webhook.Most, await host.ReadAsync(db => db.Webhooks.CountAsync()));
    }

    [Theory]
    [InlineData("/webhooks/new")]
    [InlineData("/webhooks/1/edit")]
    [InlineData("/webhooks/1/secret")]
    public async Task Who_was_not_asked_lately_is_asked_once_more_before_anything_leaves_or_leads_elsewhere(string path)
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/");
        var (browser, _) = await host.SignInAsync();
        host.Time.Advance(Confirmation.Lifetime + TimeSpan.FromMinutes(1));

        var page = await browser.GetAsync(path);
        var sent = await browser.PostAsync(path, ("Input.Name", "Other"), ("Input.Url", "https://other.example/"), ("Input.Everything", "true"), ("keepsOld", "false"));

        Assert.StartsWith("/confirm", page.Location, StringComparison.Ordinal);
        Assert.StartsWith("/confirm", sent.Location, StringComparison.Ordinal);
        var kept = await host.WebhookAsync(webhook.Id);
        Assert.Equal(("https://example.com/", webhook.SealedSecret, 1), (kept.Url, kept.SealedSecret, kept.Version));
        Assert.Equal(1, await host.ReadAsync(db => db.Webhooks.CountAsync()));
    }

    [Fact]
    public async Task Two_admins_who_change_different_things_both_get_their_way_and_the_same_thing_is_asked()
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/", "task.created");
        var (browser, _) = await host.SignInAsync();
        var form = new FilledForm(await browser.GetAsync($"/webhooks/{webhook.Id}/edit"), $"/webhooks/{webhook.Id}/edit", "main form", ("Input.Everything", "false"), ("Input.Events", "task.created"), ("Input.Url", "https://example.com/"));
        await host.SaveAsync(db => db.Webhooks.Single().Rename("Theirs"));

        var clash = await form.With("Input.Name", "Mine").SendAsync(browser);
        Assert.Equal((HttpStatusCode.Conflict, "Theirs"), (clash.Status, (await host.WebhookAsync(webhook.Id)).Name));

        await form.With("Input.Name", "Mirror").With("Input.Url", "https://other.example/").SendAsync(browser);
        var kept = await host.WebhookAsync(webhook.Id);
        Assert.Equal(("Theirs", "https://other.example/"), (kept.Name, kept.Url));
    }

    [Fact]
    public async Task A_test_is_sent_and_what_failed_goes_out_again_under_the_same_id_with_both_attempts_in_the_log()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync(receiver.Url, "task.created");
        var (browser, _) = await host.SignInAsync();
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.NotFound, "<b>Nobody here</b>");

        await browser.PostAsync($"/webhooks/{webhook.Id}?handler=Test");
        await host.SendDueAsync();
        var failing = await browser.GetAsync($"/webhooks/{webhook.Id}");
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.OK, "Thanks");
        await browser.PostAsync($"/webhooks/{webhook.Id}/deliveries/1?handler=Redeliver");
        await host.SendDueAsync();
        await browser.PostAsync($"/webhooks/{webhook.Id}/deliveries/1?handler=Redeliver");
        await host.SendDueAsync();

        Assert.Equal("Failing", failing.TextOf("header .tag"));
        Assert.Equal("404 Not Found", failing.TextOf("td[data-label='Answer']"));
        Assert.Equal(3, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(r => r.Id).Distinct());
        Assert.Contains("webhook.test", receiver.Received[0].Body, StringComparison.Ordinal);
        var page = await browser.GetAsync($"/webhooks/{webhook.Id}/deliveries/1");
        Assert.Equal(["200 OK", "200 OK", "404 Not Found"], page.Html.QuerySelectorAll("article .tag").Select(t => t.TextContent));
        Assert.Equal("<b>Nobody here</b>", page.Html.QuerySelectorAll("article pre")[^1].TextContent);
        Assert.Contains("\"type\": \"webhook.test\"", page.TextOf("pre.wire"), StringComparison.Ordinal);
        Assert.Contains($"webhook-signature: {receiver.Received[2].Headers["webhook-signature"]}", page.TextOf("pre.wire"), StringComparison.Ordinal);
        Assert.Equal("Active", (await browser.GetAsync($"/webhooks/{webhook.Id}")).TextOf("header .tag"));
    }

    [Fact]
    public async Task A_paused_one_sends_no_test_and_nothing_again_and_says_so()
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/", "project.created");
        var (browser, me) = await host.SignInAsync();
        await host.SaveAsync(db => db.Projects.Add(Project.Create("One", me.Id, host.Now)));
        await host.SaveAsync(db => db.WebhookDeliveries.Single().GiveUp("Enough"));
        await browser.PostAsync($"/webhooks/{webhook.Id}?handler=Pause");

        var test = await browser.PostAsync($"/webhooks/{webhook.Id}?handler=Test");
        var again = await browser.PostAsync($"/webhooks/{webhook.Id}/deliveries/1?handler=Redeliver");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (test.Status, again.Status));
        Assert.Contains("Resume it first", test.Text, StringComparison.Ordinal);
        Assert.Equal((1, DeliveryState.Failed), ((await host.DeliveriesAsync()).Count, (await host.DeliveriesAsync())[0].State));
    }

    [Fact]
    public async Task The_log_is_paged_and_filtered_by_state_in_as_many_queries_whatever_is_in_it()
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/", "task.created");
        var (browser, _) = await host.SignInAsync();
        await browser.GetAsync("/webhooks");
        var few = await host.CountQueriesAsync(browser, $"/webhooks/{webhook.Id}");
        await host.SaveAsync(db => db.WebhookDeliveries.AddRange(Enumerable.Range(0, 130).Select(i =>
        {
            var delivery = WebhookDelivery.Of(webhook.Id, $"msg_{i}", "task.created", "{}", host.Now);
            if (i % 2 == 0)
            {
                delivery.GiveUp("Enough");
            }

            return delivery;
        })));

        var first = await browser.GetAsync($"/webhooks/{webhook.Id}");
        var failed = await browser.GetAsync($"/webhooks/{webhook.Id}?state=Failed&page=2");

        Assert.Equal((50, 15), (first.Html.QuerySelectorAll("tbody tr").Length, failed.Html.QuerySelectorAll("tbody tr").Length));
        Assert.All(failed.Html.QuerySelectorAll("tbody .tag"), t => Assert.Equal("Failed", t.TextContent));
        Assert.Equal($"/webhooks/{webhook.Id}?page=1&state=Failed", failed.Html.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal(few, await host.CountQueriesAsync(browser, $"/webhooks/{webhook.Id}"));
        Assert.InRange(few, 1, 12);
    }

    [Fact]
    public async Task What_is_deleted_is_told_no_more_and_comes_back_paused()
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/", "project.created");
        var (browser, me) = await host.SignInAsync();

        var deleted = await browser.PostAsync($"/webhooks/{webhook.Id}?handler=Delete");
        await host.SaveAsync(db => db.Projects.Add(Project.Create("One", me.Id, host.Now)));
        var gone = await browser.GetAsync($"/webhooks/{webhook.Id}");
        var trash = await browser.GetAsync("/trash");
        await browser.PostAsync($"/trash/restore?kind=Webhook&id={webhook.Id}");

        Assert.Equal("/webhooks", deleted.Location);
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.Contains("Inès Moreau deleted “Mirror”", gone.Text, StringComparison.Ordinal);
        Assert.Equal("Mirror", trash.TextOf("tbody th"));
        Assert.Empty(await host.DeliveriesAsync());
        var back = await host.WebhookAsync(webhook.Id);
        Assert.Equal((null, host.Now), (back.DeletedAt, back.PausedAt));
        var told = (await browser.GetAsync("/history?kind=Webhook")).Html.QuerySelectorAll(".change .what p:first-child").Select(p => string.Join(' ', p.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(["Inès Moreau paused it", "Inès Moreau restored it", "Inès Moreau deleted it", "The command line created it"], told.Order(StringComparer.Ordinal).Reverse().OrderBy(t => t.StartsWith("The", StringComparison.Ordinal)).ThenByDescending(t => t.Contains("paused", StringComparison.Ordinal)).ThenByDescending(t => t.Contains("restored", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Role.Member)]
    [InlineData(Role.Client)]
    public async Task Nobody_but_an_admin_sees_or_changes_any(Role role)
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/", "project.created");
        var (browser, me) = await host.SignInAsync(role);
        await host.SaveAsync(db => db.Projects.Add(Project.Create("One", me.Id, host.Now)));
        string[] pages = ["/webhooks", "/webhooks/new", $"/webhooks/{webhook.Id}", $"/webhooks/{webhook.Id}/edit", $"/webhooks/{webhook.Id}/secret", $"/webhooks/{webhook.Id}/deliveries/1"];
        string[] acts = ["/webhooks/new", $"/webhooks/{webhook.Id}/edit", $"/webhooks/{webhook.Id}/secret", $"/webhooks/{webhook.Id}?handler=Delete", $"/webhooks/{webhook.Id}?handler=Pause", $"/webhooks/{webhook.Id}/deliveries/1?handler=Redeliver"];

        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(page)).Status);
        }

        foreach (var act in acts)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(act, ("Input.Name", "x"), ("Input.Url", "https://x.example/"), ("Input.Everything", "true"))).Status);
        }

        var kept = await host.WebhookAsync(webhook.Id);
        Assert.Equal((1, "Mirror", webhook.SealedSecret), (kept.Version, kept.Name, kept.SealedSecret));
        Assert.Equal(1, await host.ReadAsync(db => db.Webhooks.CountAsync()));
    }

    [Fact]
    public async Task The_log_forgets_who_was_deleted()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync("https://example.com/");
        var (browser, _) = await host.SignInAsync();
        var sam = await host.AddPersonAsync("Sam Zqlee", email: "sam@zq.example");
        await host.ReadAsync(async db =>
        {
            (await db.WebhookDeliveries.ToListAsync()).ForEach(d => d.GiveUp("Enough"));
            return await db.SaveChangesAsync();
        });

        await browser.PostAsync($"/people/{sam.Id}/leave/delete", ("Name", sam.Name));

        Assert.NotNull(await host.ReadAsync(db => db.People.Where(p => p.Id == sam.Id).Select(p => p.DeletedAt).SingleAsync()));
        var log = await host.DeliveriesAsync();
        Assert.NotEmpty(log);
        Assert.All(log, d => Assert.DoesNotContain("zq", d.Payload, StringComparison.OrdinalIgnoreCase));
    }
}
