using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Webhooks;

public sealed class SenderTests
{
    [Fact]
    public async Task A_message_arrives_signed_as_it_stands_in_the_log_and_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync();
        var (webhook, secret) = await host.AddWebhookAsync(receiver.Url, "project.created");
        await AddProjectsAsync(host, 1);

        await host.SendDueAsync();
        await host.SendDueAsync();

        var sent = Assert.Single(await host.DeliveriesAsync());
        var received = Assert.Single(receiver.Received);
        Assert.Equal((DeliveryState.Sent, 1, 204), (sent.State, sent.Attempts, sent.LastStatus));
        Assert.Equal((sent.MessageId, sent.Payload, "/hooks"), (received.Id, received.Body, received.Path));
        Assert.Equal(("application/json", WebhookClient.UserAgent.ToString()), (received.Headers["content-type"], received.Headers["user-agent"]));
        Assert.Equal(host.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), received.Headers["webhook-timestamp"]);
        Assert.Equal(SignatureOf(received, secret), received.Headers["webhook-signature"]);
        Assert.Null((await host.WebhookAsync(webhook.Id)).Health.FailingSince);
    }

    [Fact]
    public async Task What_fails_is_tried_at_the_times_of_the_table_and_after_two_days_the_webhook_is_paused_and_admins_are_told()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.InternalServerError, "Out of order");
        await using var host = await WebhookHost.StartAsync(configure: MailHost.Unreachable);
        var (webhook, _) = await host.AddWebhookAsync(receiver.Url, "project.created");
        await AddProjectsAsync(host, 1);
        List<TimeSpan> waits = [];

        for (var last = host.Now; ; last = host.Now)
        {
            await host.SendDueAsync();
            if ((await host.DeliveriesAsync())[0].NextAttemptAt is not { } next)
            {
                break;
            }

            host.Time.SetUtcNow(next.AddSeconds(-1));
            await host.SendDueAsync();
            Assert.Equal(waits.Count + 1, receiver.Received.Count);
            waits.Add(next - last);
            host.Time.SetUtcNow(next);
        }

        Assert.Equal(RetryTimes.All.Count, waits.Count);
        Assert.All(waits.Zip(RetryTimes.All), w => Assert.InRange(w.First, w.Second, w.Second * 1.1));
        Assert.InRange(waits.Aggregate((a, b) => a + b), TimeSpan.FromDays(2), TimeSpan.FromDays(2.5));
        var given = Assert.Single(await host.DeliveriesAsync());
        Assert.Equal((DeliveryState.Failed, 9, 500), (given.State, given.Attempts, given.LastStatus));
        Assert.All(given.Log, attempt => Assert.Equal((500, "Out of order"), (attempt.Status, attempt.Answer)));
        Assert.Single(receiver.Received.Select(r => r.Id).Distinct());
        var paused = await host.WebhookAsync(webhook.Id);
        Assert.Equal("Nothing could be delivered for 2 days.", paused.PauseReason);
        var mail = Assert.Single(host.Mail());
        Assert.Contains("paused", mail.Subject, StringComparison.Ordinal);
        Assert.Contains($"https://crm.example/webhooks/{webhook.Id}", mail.TextBody, StringComparison.Ordinal);
        var change = await host.ReadAsync(db => db.Changes.Where(c => c.Kind == "Webhook" && c.Field == "PausedAt").SingleAsync());
        Assert.Equal((Crm.Timeline.Via.Program, null), (change.Via, change.PersonId));
    }

    [Fact]
    public async Task One_message_that_is_given_up_pauses_nothing_while_others_get_through()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync(receiver.Url, "project.created");
        await AddProjectsAsync(host, 1);
        receiver.Answer = context => Receiver.AnswerWith(receiver.Received[^1].Id == receiver.Received[0].Id ? HttpStatusCode.BadRequest : HttpStatusCode.OK)(context);

        while ((await host.DeliveriesAsync())[0].NextAttemptAt is { } next)
        {
            host.Time.SetUtcNow(next);
            await host.SendDueAsync();
            await AddProjectsAsync(host, 1);
            await host.SendDueAsync();
        }

        var log = await host.DeliveriesAsync();
        Assert.Equal(DeliveryState.Failed, log[0].State);
        Assert.All(log.Skip(1), d => Assert.Equal(DeliveryState.Sent, d.State));
        Assert.Null((await host.WebhookAsync(webhook.Id)).PausedAt);
    }

    [Fact]
    public async Task Gone_pauses_at_once_and_keeps_what_waits_until_it_is_resumed()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.Gone);
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync(receiver.Url, "project.created");
        await AddProjectsAsync(host, 2);

        await host.SendDueAsync();
        await AddProjectsAsync(host, 1);
        await host.SendDueAsync();

        Assert.Single(receiver.Received);
        Assert.Contains("410", (await host.WebhookAsync(webhook.Id)).PauseReason, StringComparison.Ordinal);
        Assert.Equal([DeliveryState.Failed, DeliveryState.Pending], (await host.DeliveriesAsync()).Select(d => d.State));

        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.OK);
        var (browser, _) = await host.SignInAsync();
        await browser.PostAsync($"/webhooks/{webhook.Id}?handler=Resume");
        await host.SendDueAsync();

        Assert.Equal([DeliveryState.Failed, DeliveryState.Sent], (await host.DeliveriesAsync()).Select(d => d.State));
        Assert.Null((await host.WebhookAsync(webhook.Id)).PauseReason);
    }

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("Mon, 01 Jun 2026 10:00:00 GMT", 3600)]
    [InlineData("999999", 6 * 3600)]
    [InlineData("-5", 5)]
    [InlineData("soon", 5)]
    public async Task A_receiver_that_asks_to_be_left_alone_is_within_reason_with_all_that_waits(string retryAfter, int seconds)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.TooManyRequests, "", ("Retry-After", retryAfter));
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync(receiver.Url, "project.created");
        await AddProjectsAsync(host, 1);

        await host.SendDueAsync();
        await AddProjectsAsync(host, 1);
        await host.SendDueAsync();

        var wait = (await host.DeliveriesAsync())[0].NextAttemptAt!.Value - host.Now;
        Assert.InRange(wait.TotalSeconds, seconds, seconds * 1.1);
        Assert.Equal(seconds > 5 ? 1 : 2, receiver.Received.Count);
    }

    [Fact]
    public async Task A_slow_receiver_is_given_up_after_its_time_and_holds_up_nobody_else()
    {
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        using var asked = new SemaphoreSlim(0);
        slow.Answer = async context =>
        {
            asked.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await using var host = await WebhookHost.StartAsync();
        var (first, _) = await host.AddWebhookAsync(slow.Url, "project.created");
        var (second, _) = await host.AddWebhookAsync(quick.Url, "project.created");
        using var arrived = new SemaphoreSlim(0);
        quick.Answer = _ =>
        {
            arrived.Release();
            return Task.CompletedTask;
        };
        await AddProjectsAsync(host, 3);

        var sending = host.SendDueAsync();
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await arrived.WaitAsync(TestContext.Current.CancellationToken);
        }

        while ((await host.DeliveriesAsync()).Count(d => d.State == DeliveryState.Sent) < 3)
        {
            await Task.Yield();
        }

        Assert.False(sending.IsCompleted);
        for (var i = 0; i < 3; i++)
        {
            host.Time.Advance(WebhookClient.Timeout);
            await (i < 2 ? asked.WaitAsync(TestContext.Current.CancellationToken) : sending);
        }

        var log = await host.DeliveriesAsync();
        Assert.All(log.Where(d => d.WebhookId == first.Id), d => Assert.Equal("No answer within 15 seconds.", d.LastError));
        Assert.All(log.Where(d => d.WebhookId == second.Id), d => Assert.Equal(DeliveryState.Sent, d.State));
        Assert.Equal(quick.Received.Select(r => r.Id), log.Where(d => d.WebhookId == second.Id).Select(d => d.MessageId));
    }

    [Fact]
    public async Task A_receiver_that_is_down_is_not_asked_with_each_of_the_messages_that_wait()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.BadGateway);
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync(receiver.Url, "project.created");
        await AddProjectsAsync(host, 20);

        await host.SendDueAsync();
        Assert.Equal(3, receiver.Received.Count);

        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.OK);
        host.Time.Advance(TimeSpan.FromMinutes(6));
        await host.SendDueAsync();

        Assert.All(await host.DeliveriesAsync(), d => Assert.Equal(DeliveryState.Sent, d.State));
    }

    [Fact]
    public async Task Of_an_answer_only_the_beginning_is_read_and_what_cannot_be_shown_is_taken_out()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = async context =>
        {
            var block = Encoding.UTF8.GetBytes("<b>\0\u202E" + new string('x', 60_000));
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        };
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync(receiver.Url, "project.created");
        await AddProjectsAsync(host, 1);

        await host.SendDueAsync();

        var answer = Assert.Single((await host.DeliveriesAsync())[0].Log).Answer;
        Assert.InRange(answer.Length, 1_000, WebhookAttempt.AnswerLength);
        Assert.StartsWith("<b>\uFFFD\uFFFDxxx", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_secret_signs_beside_the_old_one_for_a_day_or_alone_at_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync();
        var (webhook, old) = await host.AddWebhookAsync(receiver.Url, "project.created");
        var (browser, _) = await host.SignInAsync();

        var kept = await RenewAsync(browser, webhook, keepsOld: true);
        await SendOneAsync(host);
        host.Time.Advance(Webhook.SecretOverlap);
        await SendOneAsync(host);
        var (again, _) = await host.SignInAsync();
        var alone = await RenewAsync(again, webhook, keepsOld: false);
        await SendOneAsync(host);

        var received = receiver.Received;
        Assert.Equal($"{SignatureOf(received[0], kept)} {SignatureOf(received[0], old)}", received[0].Headers["webhook-signature"]);
        Assert.Equal(SignatureOf(received[1], kept), received[1].Headers["webhook-signature"]);
        Assert.Equal(SignatureOf(received[2], alone), received[2].Headers["webhook-signature"]);
    }

    [Fact]
    public async Task The_database_alone_tells_no_secret_and_with_the_keys_lost_the_webhook_is_paused_and_asks_for_a_new_one()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync();
        var (webhook, secret) = await host.AddWebhookAsync(receiver.Url, "project.created");
        var kept = (await host.WebhookAsync(webhook.Id)).SealedSecret;
        Assert.DoesNotContain(secret["whsec_".Length..], kept, StringComparison.Ordinal);

        var otherKeys = new EphemeralDataProtectionProvider().CreateProtector("Crm.Webhooks.Secret");
        await host.SaveAsync(db => db.Webhooks.Single().Renew(otherKeys.Protect(secret), keepsOld: false, host.Now));
        await AddProjectsAsync(host, 1);
        await host.SendDueAsync();

        Assert.Empty(receiver.Received);
        Assert.Contains("Renew the secret", (await host.WebhookAsync(webhook.Id)).PauseReason, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Pending, Assert.Single(await host.DeliveriesAsync()).State);
    }

    [Fact]
    public async Task The_running_program_sends_by_itself_what_was_kept_and_what_waited_from_before_it_started()
    {
        await using var receiver = await Receiver.StartAsync();
        using var arrived = new SemaphoreSlim(0);
        receiver.Answer = context =>
        {
            arrived.Release();
            return Task.CompletedTask;
        };
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Webhooks:AllowPrivate"] = "true");
        var (webhook, _) = await host.AddWebhookAsync(receiver.Url, "project.created", "project.deleted");
        var person = await host.AddPersonAsync("Sam Lee");
        await host.SaveAsync(db => db.WebhookDeliveries.Add(WebhookDelivery.Of(webhook.Id, "msg_before", "project.deleted", "{}", host.Now)));
        await arrived.WaitAsync(TestContext.Current.CancellationToken);

        await host.SaveAsync(db => db.Projects.Add(Project.Create("Museum", person.Id, host.Now)));
        await arrived.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("msg_before", receiver.Received[0].Id);
        Assert.Contains("Museum", receiver.Received[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_under_way_when_the_program_stops_is_kept_and_goes_out_from_the_next_one()
    {
        await using var receiver = await Receiver.StartAsync();
        using var asked = new SemaphoreSlim(0);
        receiver.Answer = async context =>
        {
            asked.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync(receiver.Url, "project.created");
        await AddProjectsAsync(host, 2);
        using var stop = new CancellationTokenSource();
        var worker = new WebhookWorker(
            host.Services.GetRequiredService<WebhookSender>(), host.Services.GetRequiredService<Subscriptions>(), new Crm.Data.Jobs(host.Time), host.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<WebhookWorker>.Instance);

        await worker.StartAsync(TestContext.Current.CancellationToken);
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        await worker.StopAsync(TestContext.Current.CancellationToken);
        var kept = await host.DeliveriesAsync();
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.OK);
        await host.SendDueAsync();

        Assert.All(kept, d => Assert.Equal((DeliveryState.Pending, 0), (d.State, d.Attempts)));
        Assert.All(await host.DeliveriesAsync(), d => Assert.Equal(DeliveryState.Sent, d.State));
    }

    [Fact]
    public async Task The_log_is_thrown_away_after_a_month_but_for_the_newest_and_for_what_waits()
    {
        await using var host = await WebhookHost.StartAsync();
        var (webhook, _) = await host.AddWebhookAsync("http://127.0.0.1:9/");
        await host.SaveAsync(db =>
        {
            db.RemoveRange(db.WebhookDeliveries);
            for (var i = 0; i < OldDeliveries.KeptAlways + 20; i++)
            {
                var delivery = WebhookDelivery.Of(webhook.Id, $"msg_{i}", "project.created", "{}", host.Now);
                if (i % 10 > 0)
                {
                    delivery.GiveUp("");
                }

                db.WebhookDeliveries.Add(delivery);
            }
        });

        await RunDailyAsync(host, 29);
        var before = (await host.DeliveriesAsync()).Count;
        await RunDailyAsync(host, 2);

        Assert.Equal((OldDeliveries.KeptAlways + 20, OldDeliveries.KeptAlways + 2), (before, (await host.DeliveriesAsync()).Count));
    }

    private static async Task RunDailyAsync(CrmHost host, int days)
    {
        host.Time.Advance(TimeSpan.FromDays(days));
        await host.ReadAsync(async db =>
        {
            await OldDeliveries.DeleteAsync(db, host.Now, TestContext.Current.CancellationToken);
            return 0;
        });
    }

    private static async Task AddProjectsAsync(CrmHost host, int count)
    {
        var person = await host.AddPersonAsync("Sam Lee");
        for (var i = 0; i < count; i++)
        {
            await host.SaveAsync(db => db.Projects.Add(Project.Create($"Museum {i}", person.Id, host.Now)));
        }
    }

    private static async Task SendOneAsync(CrmHost host)
    {
        await AddProjectsAsync(host, 1);
        await host.SendDueAsync();
    }

    private static async Task<string> RenewAsync(Visitor browser, Webhook webhook, bool keepsOld)
    {
        await browser.PostAsync($"/webhooks/{webhook.Id}/secret", ("keepsOld", $"{keepsOld}"));
        return (await browser.GetAsync($"/webhooks/{webhook.Id}/secret")).Html.QuerySelector(".code-box input")!.GetAttribute("value")!;
    }

    /// <summary>Worked out from what arrived, by the words of the standard.</summary>
    private static string SignatureOf(Received received, string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        return "v1," + Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{received.Id}.{received.Headers["webhook-timestamp"]}.{received.Body}")));
    }
}
