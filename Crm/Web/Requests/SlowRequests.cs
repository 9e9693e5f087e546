namespace Crm.Web.Requests;

/// <summary>One request that took long.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Route">The pattern, such as <c>/projects/{id:int}</c>.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="Milliseconds">How long it took in all.</param>
/// <param name="Queries">How many queries the database was sent.</param>
/// <param name="DatabaseMilliseconds">How long they took.</param>
/// <param name="Id">Names it in the log.</param>
public sealed record SlowRequest(DateTime At, string Method, string Route, int Status, double Milliseconds, int Queries, double DatabaseMilliseconds, string Id);

/// <summary>The slow requests since the program started, the last ones of them. Nothing in them tells what was asked for or by whom.</summary>
public sealed class SlowRequests
{
    public const int Kept = 30;

    private readonly Lock _lock = new();
    private readonly Queue<SlowRequest> _last = new(Kept);

    /// <summary>All since the start, also those that are not kept.</summary>
    public int Count { get; private set; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<SlowRequest> Last()
    {
        lock (_lock)
        {
            return [.. _last.Reverse()];
        }
    }

    public void Add(SlowRequest request)
    {
        lock (_lock)
        {
            Count++;
            if (_last.Count == Kept)
            {
                _last.Dequeue();
            }

            _last.Enqueue(request);
        }
    }
}
