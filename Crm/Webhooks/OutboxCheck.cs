using Crm.Data;
using Crm.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Crm.Webhooks;

/// <summary>Whether messages of webhooks go out. What waits for a paused webhook waits for people.</summary>
public sealed class OutboxCheck(IServiceScopeFactory scopes, IOptions<HealthSettings> settings, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var queue = await QueueAsync(scope.ServiceProvider.GetRequiredService<CrmDb>(), cancellationToken);
        return queue.IsOlderThan(settings.Value.OldestMessage, time)
            ? HealthCheckResult.Degraded($"{queue.Words} The page Webhooks shows which receiver does not answer.")
            : HealthCheckResult.Healthy(queue.Words);
    }

    /// <summary>What is still to be sent for webhooks that are not paused.</summary>
    public static async Task<WaitingMessages> QueueAsync(CrmDb db, CancellationToken cancel) =>
        await db.WebhookDeliveries.Where(d => d.State == DeliveryState.Pending && d.Webhook.PausedAt == null)
            .GroupBy(_ => 1).Select(all => new WaitingMessages(all.Count(), all.Min(d => d.CreatedAt))).SingleOrDefaultAsync(cancel)
        ?? new WaitingMessages(0, null);
}
