using Crm.Accounts;
using Crm.Data;
using Crm.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Dashboard;

/// <summary>What waits for one person: counts, and the tasks that come next.</summary>
/// <param name="Week">Due from tomorrow through the seventh day from today.</param>
/// <param name="Oldest">The day that the longest overdue task was due.</param>
public sealed record Mine(int Overdue, int Today, int Week, DateOnly? Oldest, IReadOnlyList<TaskView> Next)
{
    private const int MostNext = 10;

    /// <summary>Two queries.</summary>
    public static async Task<Mine> LoadAsync(CrmDb db, CurrentUser user, DateOnly today, CancellationToken cancel)
    {
        var last = today.AddDays(7);
        var mine = db.Tasks.VisibleTo(user).AssignedTo(user.Id).Open()
            .Where(t => t.ArchivedAt == null && t.Project.ArchivedAt == null && t.DueOrder <= last);
        var days = await mine.GroupBy(t => t.DueOrder).Select(g => new { Day = g.Key, Count = g.Count() }).ToListAsync(cancel);
        var next = await mine.OrderBy(t => t.DueOrder).ThenBy(t => t.Id).Take(MostNext).AsRows().ToListAsync(cancel);
        return new Mine(
            days.Where(d => d.Day < today).Sum(d => d.Count),
            days.Where(d => d.Day == today).Sum(d => d.Count),
            days.Where(d => d.Day > today).Sum(d => d.Count),
            days.Where(d => d.Day < today).Select(d => (DateOnly?)d.Day).Min(),
            [.. next.Select(t => new TaskView(t, Surface.Search, t.IsOpenToChange))]);
    }
}
