using System.Collections.Concurrent;

namespace Crm.Data;

/// <summary>One kind of work that goes on in the background.</summary>
/// <param name="Name">What it is.</param>
/// <param name="LastAt">When it ran last; null when it has not yet.</param>
/// <param name="NextAt">When it runs again by itself; null when something has to happen for that.</param>
/// <param name="Error">Why the last run failed, or null.</param>
public sealed record Job(string Name, DateTime? LastAt, DateTime? NextAt, string? Error);

/// <summary>How the work in the background does, since the program started.</summary>
public sealed class Jobs(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Job> _all = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public IReadOnlyList<Job> All => [.. _all.Values.OrderBy(job => job.Name, StringComparer.Ordinal)];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <param name="pause">Until it runs; null when something has to happen first.</param>
    public void Waits(string name, TimeSpan? pause) => _all[name] = new Job(name, null, Now + pause, null);

    /// <param name="pause">Until it runs again.</param>
    /// <param name="error">Why it failed. Holds nothing personal.</param>
    public void Ran(string name, TimeSpan? pause, string? error = null) => _all[name] = new Job(name, Now, Now + pause, error);
}
