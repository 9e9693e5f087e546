using Crm.Data.Backups;
using Crm.Web;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Crm.Data;

/// <summary>Whether there is room for what people write.</summary>
public sealed class SpaceCheck(DataFolder folder, IOptions<HealthSettings> settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (free, least) = (Disk.FreeAt(folder.Root), settings.Value.MinimumFreeMegabytes * 1024L * 1024);
        return Task.FromResult(free >= least
            ? HealthCheckResult.Healthy($"{Snapshots.Bytes(free)} are free.")
            : HealthCheckResult.Unhealthy($"Only {Snapshots.Bytes(free)} are free, and Health:MinimumFreeMegabytes asks for {Snapshots.Bytes(least)}. Make room on the disk of the data folder."));
    }
}
