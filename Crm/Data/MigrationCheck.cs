using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Data;

/// <summary>Whether the database has the shape that this program knows.</summary>
public sealed class MigrationCheck(IServiceScopeFactory scopes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var missing = (await scope.ServiceProvider.GetRequiredService<CrmDb>().Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        return missing == 0 ? HealthCheckResult.Healthy("All are done.") : HealthCheckResult.Unhealthy($"{missing} are still to be done. Start the program again.");
    }
}
