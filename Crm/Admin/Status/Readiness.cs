using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Admin.Status;

/// <summary>Looks whether the program can do its work. Whoever asks within a second after another is told the same.</summary>
public sealed class Readiness(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<HealthReport>? _look;
    private long _at;

    public Task<HealthReport> LookAsync()
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_at) >= Shared))
            {
                (_look, _at) = (checks.CheckHealthAsync(CancellationToken.None), time.GetTimestamp());
            }

            return _look;
        }
    }
}
