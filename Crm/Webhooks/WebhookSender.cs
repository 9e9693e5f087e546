using System.Collections.Concurrent;
using System.Globalization;
using Crm.Data;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>
/// Sends what is due, from the outbox in the database: for each webhook one message after another, in the order in which they are due, and for all of them
/// at the same time, so that a slow receiver holds up nobody but itself. What is under way when the program stops is sent again.
/// </summary>
public sealed partial class WebhookSender(
    IServiceScopeFactory scopes, Subscriptions subscriptions, WebhookClient client, WebhookSecrets secrets, PauseMail mail, WriteAheadLog ahead, TimeProvider time, ILogger<WebhookSender> log)
{
    internal const string LostSecret = "The key that seals its secret is lost, so nothing can be signed. Renew the secret, tell it to the receiver, and resume.";

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<int, Task> _running = new();
    private readonly ConcurrentDictionary<int, DateTime> _troubled = new();

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Sends all that is due now, and waits until it is sent.</summary>
    public async Task SendDueAsync(CancellationToken cancel)
    {
        await StartDueAsync(cancel);
        await FinishAsync();
    }

    /// <summary>Begins to send what is due, for each webhook that is not being sent to.</summary>
    /// <returns>When something else is due; null when nothing waits.</returns>
    internal async Task<DateTime?> StartDueAsync(CancellationToken cancel)
    {
        var now = Now;
        DateTime? next = null;
        foreach (var (webhook, due) in await WaitingAsync(cancel))
        {
            var at = _troubled.TryGetValue(webhook, out var until) && until > due ? until : due;
            if (_running.TryGetValue(webhook, out var run) && !run.IsCompleted)
            {
                continue;
            }

            if (at <= now)
            {
                _running[webhook] = Task.Run(() => RunAsync(webhook, cancel), CancellationToken.None);
                // Only then it counts as ended, and what is due next can be seen.
                _ = _running[webhook].ContinueWith(_ => subscriptions.Wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            else
            {
                next = next is null || at < next ? at : next;
            }
        }

        return next;
    }

    /// <summary>Until nothing is on its way.</summary>
    internal Task FinishAsync() => Task.WhenAll(_running.Values);

    /// <summary>When the next of each webhook is due.</summary>
    private async Task<List<(int Webhook, DateTime Due)>> WaitingAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var waiting = await db.Webhooks.Where(w => w.PausedAt == null)
            .Select(w => new
            {
                w.Id,
                w.Health.RestsUntil,
                Due = db.WebhookDeliveries.Where(d => d.WebhookId == w.Id && d.State == DeliveryState.Pending).Min(d => d.NextAttemptAt),
            })
            .Where(w => w.Due != null).ToListAsync(cancel);
        return [.. waiting.Select(w => (w.Id, w.RestsUntil > w.Due ? w.RestsUntil.Value : w.Due!.Value))];
    }

    private async Task RunAsync(int webhookId, CancellationToken cancel)
    {
        try
        {
            while (await SendNextAsync(webhookId, cancel))
            {
            }

            _troubled.TryRemove(webhookId, out _);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // It stays in the outbox.
        }
        catch (Exception e)
        {
            _troubled[webhookId] = Now + AfterTrouble;
            Troubled(e, webhookId);
        }
    }

    /// <returns>False when nothing is due any more.</returns>
    private async Task<bool> SendNextAsync(int webhookId, CancellationToken cancel)
    {
        if (await NextAsync(webhookId, cancel) is not { } next)
        {
            return false;
        }

        var at = Now;
        List<string> live = [];
        foreach (var sealedSecret in next.Webhook.SecretsAt(at))
        {
            if (secrets.TryOpen(sealedSecret, out var secret))
            {
                live.Add(secret);
            }
            else if (live.Count == 0)
            {
                await NoteAsync(next.Delivery.Id, at, null, cancel);
                return false;
            }
        }

        var answer = await client.SendAsync(next.Webhook.Url, Headers(next.Delivery, at, live), next.Delivery.Payload, cancel);
        await NoteAsync(next.Delivery.Id, at, answer, CancellationToken.None);
        return true;
    }

    /// <summary>What stands before the body: Standard Webhooks' three.</summary>
    internal static Dictionary<string, string> Headers(WebhookDelivery delivery, DateTime at, IEnumerable<string> secrets)
    {
        var timestamp = new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds();
        return new(StringComparer.Ordinal)
        {
            ["webhook-id"] = delivery.MessageId,
            ["webhook-timestamp"] = timestamp.ToString(CultureInfo.InvariantCulture),
            ["webhook-signature"] = Signature.Of(delivery.MessageId, timestamp, delivery.Payload, secrets),
        };
    }

    private async Task<(Webhook Webhook, WebhookDelivery Delivery)?> NextAsync(int webhookId, CancellationToken cancel)
    {
        var now = Now;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var next = await db.WebhookDeliveries.AsNoTracking().Include(d => d.Webhook)
            .Where(d => d.WebhookId == webhookId && d.State == DeliveryState.Pending && d.NextAttemptAt <= now)
            .Where(d => d.Webhook.PausedAt == null && d.Webhook.DeletedAt == null && (d.Webhook.Health.RestsUntil == null || d.Webhook.Health.RestsUntil <= now))
            .OrderBy(d => d.NextAttemptAt).ThenBy(d => d.Id).FirstOrDefaultAsync(cancel);
        // Nobody is told of what a power cut could still undo.
        await (next is null ? Task.CompletedTask : ahead.FlushAsync());
        return next is null ? null : (next.Webhook, next);
    }

    /// <param name="answer">Null where nothing could be signed.</param>
    private async Task NoteAsync(long deliveryId, DateTime at, WebhookAnswer? answer, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAs(null, Via.Program);
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        await using var write = await db.BeginWriteAsync(cancel);
        var delivery = await db.WebhookDeliveries.IgnoreQueryFilters().Include(d => d.Webhook.Health).FirstOrDefaultAsync(d => d.Id == deliveryId, cancel);
        if (delivery is null)
        {
            // A backup was restored meanwhile.
            return;
        }

        var now = Now;
        if (answer is not null)
        {
            delivery.Note(answer, at, now, Random.Shared.NextDouble());
            delivery.Webhook.Health.Note(answer, now);
        }

        var reason = delivery.Webhook.PausedAt is null ? ReasonToPause(delivery.Webhook.Health, answer, now) : null;
        if (reason is not null)
        {
            delivery.Webhook.Pause(now, reason);
        }

        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        await (reason is null ? Task.CompletedTask : mail.TellAsync(db, delivery.Webhook, cancel));
    }

    private static string? ReasonToPause(WebhookHealth health, WebhookAnswer? answer, DateTime now) => answer switch
    {
        null => LostSecret,
        { IsGone: true } => "The receiver answered 410 Gone: it wants no more messages.",
        { IsSuccess: false } when health.HasFailedLastingly(now) => $"Nothing could be delivered for {WebhookHealth.Patience.TotalDays:0} days.",
        _ => null,
    };

    [LoggerMessage(LogLevel.Warning, "Sending to webhook {Webhook} ran into trouble. It is tried again in a minute.")]
    private partial void Troubled(Exception exception, int webhook);
}
