using Crm.Web;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Data;

/// <summary>
/// Whether the database can be written: takes its write lock and gives it back, changing nothing, and sees whether its folder takes a
/// file meanwhile.
/// </summary>
public sealed class WriteCheck(IServiceScopeFactory scopes, WriteQueue writers, DataFolder folder) : IHealthCheck
{
    /// <summary>Who asks this asks again soon.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await using var write = await writers.BeginAsync(scope.ServiceProvider.GetRequiredService<CrmDb>().Database, Patience, cancellationToken);
            Disk.Probe(folder.Root);
            return HealthCheckResult.Healthy("It can be written.");
        }
        catch (Exception e) when (e is SqliteException || Disk.IsUnwritable(e))
        {
            return HealthCheckResult.Unhealthy(Unavailable.Message(StatusCodes.Status503ServiceUnavailable, e)?.Title is { } title ? title + "." : "Its write lock cannot be had: another program holds it, or many write at once.");
        }
    }
}
