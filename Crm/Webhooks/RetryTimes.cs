namespace Crm.Webhooks;

/// <summary>When a delivery that failed is tried again: the times that Standard Webhooks proposes, a little over two days in all.</summary>
public static class RetryTimes
{
    /// <summary>Up to a tenth more, so that what failed together does not come back together.</summary>
    private const double Spread = 0.1;

    /// <summary>From each attempt to the next.</summary>
    public static readonly IReadOnlyList<TimeSpan> All =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20),
    ];

    /// <summary>The longest that a receiver can ask to be left alone.</summary>
    public static readonly TimeSpan LongestWish = TimeSpan.FromHours(6);

    /// <param name="failed">How many retries have failed before.</param>
    /// <param name="jitter">From 0 to 1.</param>
    /// <returns>Null after the last.</returns>
    public static DateTime? After(int failed, DateTime now, double jitter) => failed < All.Count ? now + (All[failed] * (1 + (Spread * jitter))) : null;
}
