namespace Crm.Web.Requests;

/// <summary>What one request has cost so far, and by which route it came.</summary>
public sealed class RequestTimes
{
    private static readonly AsyncLocal<RequestTimes?> Running = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private long _inDatabase;
    private int _queries;

    private RequestTimes(TimeProvider time) => (_time, _start) = (time, time.GetTimestamp());

    /// <summary>Of the request that this code runs for; null outside of one.</summary>
    public static RequestTimes? Current => Running.Value;

    /// <summary>The pattern and never the address itself, which may hold the secret of a link.</summary>
    public string? Route { get; set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public TimeSpan InDatabase => new(Volatile.Read(ref _inDatabase));

    public int Queries => Volatile.Read(ref _queries);

    public static RequestTimes Begin(TimeProvider time) => Running.Value = new RequestTimes(time);

    /// <summary>A query was sent, which took this long to begin its answer.</summary>
    public void AddQuery(TimeSpan time)
    {
        Interlocked.Increment(ref _queries);
        AddTime(time);
    }

    /// <summary>An answer was read, or a transaction ended.</summary>
    public void AddTime(TimeSpan time) => Interlocked.Add(ref _inDatabase, time.Ticks);
}
