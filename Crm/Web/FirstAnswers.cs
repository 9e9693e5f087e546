using Microsoft.Extensions.Caching.Memory;

namespace Crm.Web;

/// <summary>What is known of the answer to a request that is sent again.</summary>
/// <param name="Location">Where it led to.</param>
/// <param name="SetsCookies">It brought something that must not be written over, such as a message for the next page.</param>
public sealed record FirstAnswer(string? Location, bool SetsCookies);

/// <summary>
/// Where requests that were carried out led to: in memory and for a while, for whoever presses twice. What is not known any
/// more is answered all the same, only less to the point.
/// </summary>
public sealed class FirstAnswers : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>How long the second of two clicks waits for the answer to the first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public void Expect(string hash) => _cache.Set(
        hash, new TaskCompletionSource<FirstAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously),
        new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });

    public void Keep(string hash, FirstAnswer? answer) => _cache.Get<TaskCompletionSource<FirstAnswer?>>(hash)?.TrySetResult(answer);

    /// <returns>Null when it is not known.</returns>
    public async Task<FirstAnswer?> FindAsync(string hash, CancellationToken cancel)
    {
        try
        {
            return _cache.Get<TaskCompletionSource<FirstAnswer?>>(hash) is { } first ? await first.Task.WaitAsync(Patience, cancel) : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void Dispose() => _cache.Dispose();
}
