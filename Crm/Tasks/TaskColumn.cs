namespace Crm.Tasks;

/// <summary>Where one task stands in its column.</summary>
public sealed record Place(int TaskId, double Position);

/// <summary>
/// The order of the tasks of one status in a project. A task that moves takes the middle between its new neighbours, so that
/// no other row changes; when there is no room left, the column is numbered anew.
/// </summary>
public sealed class TaskColumn
{
    /// <summary>Distance of neighbours in a column without moves; allows about forty moves into the same gap.</summary>
    public const double Step = 1024;

    private const double SmallestGap = 1e-9;

    private readonly List<Place> _others;
    private readonly int _moving;

    /// <param name="places">The column in any order, with or without the task itself.</param>
    /// <param name="moving">The task that looks for a place.</param>
    public TaskColumn(IEnumerable<Place> places, int moving)
    {
        var ordered = places.OrderBy(p => p.Position).ThenBy(p => p.TaskId).ToList();
        _moving = moving;
        Index = ordered.FindIndex(p => p.TaskId == moving);
        _others = [.. ordered.Where(p => p.TaskId != moving)];
    }

    /// <summary>The task's present place, counted from 0; -1 if it stands in another column.</summary>
    public int Index { get; }

    public int Last => _others.Count;

    /// <summary>Null if that task is not in this column.</summary>
    public int? Before(int taskId) => IndexOf(taskId);

    /// <summary>Null if that task is not in this column.</summary>
    public int? After(int taskId) => IndexOf(taskId) + 1;

    /// <summary>Puts the task at this place among the others.</summary>
    /// <returns>The places that change: the task's alone, or the whole column's.</returns>
    public IReadOnlyList<Place> PutAt(int index)
    {
        index = Math.Clamp(index, 0, Last);
        if (index == Index)
        {
            return [];
        }

        double? before = index == 0 ? null : _others[index - 1].Position;
        double? after = index == Last ? null : _others[index].Position;
        return Between(before, after) is { } position
            ? [new Place(_moving, position)]
            : [.. _others.Take(index).Append(new Place(_moving, 0)).Concat(_others.Skip(index)).Select((p, i) => p with { Position = (i + 1) * Step })];
    }

    private static double? Between(double? before, double? after)
    {
        var position = (before, after) switch
        {
            (null, null) => Step,
            (null, { } a) => a - Step,
            ({ } b, null) => b + Step,
            ({ } b, { } a) => b + ((a - b) / 2),
        };
        var hasRoom = (before is null || position - before > SmallestGap) && (after is null || after - position > SmallestGap);
        return hasRoom && double.IsFinite(position) ? position : null;
    }

    private int? IndexOf(int taskId)
    {
        var index = _others.FindIndex(p => p.TaskId == taskId);
        return index < 0 ? null : index;
    }
}
