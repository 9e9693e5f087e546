using System.Globalization;

namespace Crm.Data;

/// <summary>What waits to be sent.</summary>
/// <param name="Oldest">Since when the first of them waits.</param>
public sealed record WaitingMessages(int Count, DateTime? Oldest)
{
    public string Words => Oldest is { } oldest
        ? string.Create(CultureInfo.InvariantCulture, $"{Count} {(Count == 1 ? "waits" : "wait")}, the oldest since {oldest:yyyy-MM-dd HH:mm} UTC.")
        : "Nothing waits.";

    public bool IsOlderThan(TimeSpan age, TimeProvider time) => time.GetUtcNow().UtcDateTime - Oldest > age;
}
