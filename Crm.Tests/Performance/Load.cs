using System.Diagnostics;

namespace Crm.Tests.Performance;

/// <summary>What came of asking as fast as answers came.</summary>
/// <param name="Cpu">Processor time of the server for one request.</param>
internal sealed record Measured(int Requests, int Errors, double Seconds, IReadOnlyList<double> Milliseconds, double Cpu)
{
    public double PerSecond => Requests / Seconds;

    /// <param name="share">0.95 for the 95th percentile.</param>
    public double Percentile(double share) => Milliseconds.Count == 0 ? 0 : Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(share * Milliseconds.Count))];
}

/// <summary>So many at once, each of whom asks again as soon as the answer is there.</summary>
internal static class Load
{
    public const int AtOnce = 8;

    /// <param name="request">What is sent the nth time, by which of them.</param>
    /// <param name="least">How often each of them asks at least before it is measured.</param>
    public static Measured Run(RunningServer server, int seconds, Func<int, int, byte[]> request, int least = 0)
    {
        Drive(server.Port, seconds, request, 0, least);
        var cpu = server.Cpu;
        var measured = Drive(server.Port, seconds, request, 1_000_000, 0);
        return measured with { Cpu = (server.Cpu - cpu).TotalMilliseconds / Math.Max(1, measured.Requests) };
    }

    private static Measured Drive(int port, int seconds, Func<int, int, byte[]> request, int first, int least)
    {
        var watch = Stopwatch.StartNew();
        var end = TimeSpan.FromSeconds(seconds);
        var times = new List<double>[AtOnce];
        var errors = 0;
        var readers = Enumerable.Range(0, AtOnce).Select(who => Task.Factory.StartNew(() =>
        {
            times[who] = [];
            using var connection = new Connection(port);
            for (var n = first; n < first + least || watch.Elapsed < end; n++)
            {
                var bytes = request(who, n);
                var start = Stopwatch.GetTimestamp();
                if (connection.Ask(bytes) is < 200 or >= 300)
                {
                    Interlocked.Increment(ref errors);
                }

                times[who].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(readers);
        List<double> all = [.. times.SelectMany(t => t).Order()];
        return new Measured(all.Count, errors, watch.Elapsed.TotalSeconds, all, 0);
    }
}
