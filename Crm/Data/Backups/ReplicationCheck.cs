using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Data.Backups;

/// <summary>Whether Litestream runs where it was asked for.</summary>
internal sealed class ReplicationCheck(Replication replication) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !replication.IsWanted ? HealthCheckResult.Healthy("Nothing is replicated: Litestream:Replica names no place.")
        : replication.Failure is { } failure ? HealthCheckResult.Degraded(failure)
        : HealthCheckResult.Healthy("Litestream runs."));
}
