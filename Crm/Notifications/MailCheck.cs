using Crm.Web;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Crm.Notifications;

/// <summary>Whether mail goes out. A mail server that does not answer is no reason to keep people from working.</summary>
public sealed class MailCheck(Outbox outbox, IOptions<HealthSettings> settings, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var queue = outbox.Queue();
        return Task.FromResult(!outbox.IsOpen ? HealthCheckResult.Healthy("No mail server is set.")
            : queue.IsOlderThan(settings.Value.OldestMessage, time) ? HealthCheckResult.Degraded($"{queue.Words} Is the mail server there?")
            : HealthCheckResult.Healthy(queue.Words));
    }
}
