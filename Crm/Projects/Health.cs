using Crm.Web;

namespace Crm.Projects;

/// <summary>Says in a few words whether a project needs somebody's attention, and why.</summary>
public static class Health
{
    /// <summary>A due date this near is worth a warning while tasks are open.</summary>
    public const int NearDays = 7;

    public static Shown Of(ProjectStatus status, DateOnly? dueOn, Progress progress, int overdue, DateOnly today)
    {
        if (status is ProjectStatus.OnHold or ProjectStatus.Completed or ProjectStatus.Cancelled)
        {
            return status.Show();
        }

        var open = progress.Total - progress.Done;
        var daysLeft = dueOn?.DayNumber - today.DayNumber;
        return (daysLeft, overdue, open) switch
        {
            ( < 0, _, _) => new Shown($"Late by {-daysLeft} d", "bad"),
            (_, > 0, _) => new Shown($"At risk · {overdue} overdue", "warn"),
            ( <= NearDays, _, > 0) => new Shown($"Due {In(daysLeft.Value)} · {open} open", "warn"),
            _ when progress.Total == 0 => new Shown("No tasks yet", ""),
            _ => new Shown("On track", "good"),
        };
    }

    private static string In(int days) => days switch
    {
        0 => "today",
        1 => "tomorrow",
        _ => $"in {days} d",
    };
}
