using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>Gives tasks their places. All of it needs the write lock, so that two moves cannot take the same place.</summary>
public static class TaskMoves
{
    /// <summary>Where a task goes when only its new status is known: what was done last stands first, all else at the end.</summary>
    public static int UsualPlace(TaskColumn column, TaskStatus status) => status == TaskStatus.Done ? 0 : column.Last;

    /// <returns>False when the task beside it is not in that column; nothing is changed then.</returns>
    public static Task<bool> MoveAsync(this CrmDb db, ProjectTask task, MoveTask move, DateTime now, CancellationToken cancel)
    {
        var target = move.TargetOf(task);
        return db.MoveAsync(task, target, column => move.IndexIn(column, target), now, cancel);
    }

    /// <summary>Gives a task its usual place in the status that it has just come into.</summary>
    public static Task PlaceAsync(this CrmDb db, ProjectTask task, DateTime now, CancellationToken cancel) =>
        db.MoveAsync(task, task.Status, column => UsualPlace(column, task.Status), now, cancel);

    /// <param name="where">The index in the column, or null when it has no such place.</param>
    /// <returns>False when there is no such place; nothing is changed then.</returns>
    public static async Task<bool> MoveAsync(
        this CrmDb db, ProjectTask task, TaskStatus status, Func<TaskColumn, int?> where, DateTime now, CancellationToken cancel)
    {
        var places = await db.Tasks.InColumn(task.ProjectId, status).Select(t => new Place(t.Id, t.Position)).ToListAsync(cancel);
        var column = new TaskColumn(places, task.Id);
        if (where(column) is not { } index)
        {
            return false;
        }

        var changed = column.PutAt(index);
        if (changed.Count > 1)
        {
            await RenumberAsync(db, task.ProjectId, status, changed, now, cancel);
        }

        task.MoveTo(status, changed.FirstOrDefault(p => p.TaskId == task.Id)?.Position ?? task.Position, now);
        return true;
    }

    /// <summary>The place after the last task of a column.</summary>
    public static async Task<double> EndAsync(this CrmDb db, int projectId, TaskStatus status, CancellationToken cancel) =>
        (await db.Tasks.Where(t => t.ProjectId == projectId && t.ArchivedAt == null && t.Status == status).MaxAsync(t => (double?)t.Position, cancel) ?? 0)
        + TaskColumn.Step;

    private static async Task RenumberAsync(
        CrmDb db, int projectId, TaskStatus status, IReadOnlyList<Place> places, DateTime now, CancellationToken cancel)
    {
        var positions = places.ToDictionary(p => p.TaskId, p => p.Position);
        foreach (var other in await db.Tasks.InColumn(projectId, status).ToListAsync(cancel))
        {
            other.MoveTo(status, positions[other.Id], now);
        }
    }
}
