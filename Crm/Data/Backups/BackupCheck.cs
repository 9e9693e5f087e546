using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Data.Backups;

/// <summary>How old the last verified backup is.</summary>
public sealed class BackupCheck(BackupState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var words = state.LastAt is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"The last verified one was taken at {last:yyyy-MM-dd HH:mm} UTC.")
            : "There is none yet.";
        return Task.FromResult(state.NeedsCare ? HealthCheckResult.Degraded($"{words} {state.Failure ?? "That is too long ago."}") : HealthCheckResult.Healthy(words));
    }
}
