using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace Crm.Dashboard;

/// <summary>The figures of the start page over the API.</summary>
public static class DashboardApi
{
    public static void MapDashboard(this RouteGroupBuilder api) => api.MapGroup("/dashboard").WithTags("Dashboard").MapGet("", GetAsync).WithName("getDashboard");

    /// <summary>Get the dashboard</summary>
    /// <remarks>What waits for the caller, how the projects stand, and what happened lately, as far as the caller may see it.</remarks>
    [Needs(Right.SeeLists)]
    internal static async Task<Tagged<DashboardResource>> GetAsync([AsParameters] Call call)
    {
        var (user, today) = (call.User, call.Clock.Today);
        var projects = await call.Db.RunningProjects(user).AsRows(user, today).ToListAsync(call.Cancel);
        var lately = await Lately.LoadAsync(call.Db, user, call.Cancel);
        var mine = user.IsTeam ? await Mine.LoadAsync(call.Db, user, today, call.Cancel) : null;
        return new(new DashboardResource(
            mine is null ? null : OwnWork.Of(mine),
            [.. projects.Select(p => RunningProject.Of(p, today, user.IsTeam))],
            [.. lately.Select(h => new HappeningResource(h.At, h.Who, h.What, h.Where, h.Url))]));
    }
}

/// <summary>What a start page shows.</summary>
/// <param name="Mine">Null for clients, who have no tasks.</param>
/// <param name="Projects">At most eight that are neither archived nor ended: the caller's own first, of these the earliest due.</param>
/// <param name="Lately">The twelve latest, the newest first.</param>
public sealed record DashboardResource(OwnWork? Mine, IReadOnlyList<RunningProject> Projects, IReadOnlyList<HappeningResource> Lately);

/// <summary>What waits for the caller: open tasks that are assigned to them.</summary>
/// <param name="Overdue">How many were due before today.</param>
/// <param name="Today">How many are due today, by the workspace's calendar.</param>
/// <param name="Week">How many are due from tomorrow through the seventh day from today.</param>
/// <param name="OldestDueOn">The day that the longest overdue task was due.</param>
/// <param name="Next">The ten that are due first.</param>
public sealed record OwnWork(int Overdue, int Today, int Week, DateOnly? OldestDueOn, IReadOnlyList<NextTask> Next)
{
    internal static OwnWork Of(Mine mine) => new(
        mine.Overdue,
        mine.Today,
        mine.Week,
        mine.Oldest,
        [.. mine.Next.Select(t => new NextTask(t.Task.Id, t.Task.Title, new ProjectName(t.Task.ProjectId, t.Task.ProjectName), t.Task.Status, t.Task.Priority, t.Task.DueOn))]);
}

/// <summary>A task that comes next.</summary>
public sealed record NextTask(int Id, string Title, ProjectName Project, TaskStatus Status, Priority Priority, DateOnly? DueOn);

/// <summary>A project that people work on.</summary>
/// <param name="Owner">The name of who answers for it.</param>
/// <param name="Rating">Null for clients, and while nobody has rated.</param>
public sealed record RunningProject(int Id, string Name, ProjectStatus Status, string Owner, DateOnly? DueOn, ProjectProgress Progress, ProjectRating? Rating, ProjectHealth Health)
{
    internal static RunningProject Of(ProjectRow row, DateOnly today, bool isForTeam)
    {
        var health = row.Health(today);
        return new(
            row.Id,
            row.Name,
            row.Status,
            row.OwnerName,
            row.DueOn,
            new ProjectProgress(row.Tasks, row.Done, row.Doing, row.Overdue),
            isForTeam && row.Stars is { } average ? new ProjectRating(average, row.RatingCount) : null,
            new ProjectHealth(health.Tone switch { "good" => HealthState.Good, "warn" => HealthState.AtRisk, "bad" => HealthState.Late, _ => HealthState.Idle }, health.Text));
    }
}

/// <summary>Whether a project needs somebody's attention.</summary>
/// <param name="Why">In a few words, such as “At risk · 3 overdue”.</param>
public sealed record ProjectHealth(HealthState State, string Why);

/// <summary>How a project stands.</summary>
public enum HealthState
{
    /// <summary>Nothing to be judged: on hold, or without tasks.</summary>
    Idle,

    Good,

    /// <summary>Tasks are overdue, or the due date is near.</summary>
    AtRisk,

    /// <summary>The due date is over.</summary>
    Late,
}

/// <summary>One thing that happened, as a sentence: who, what, where.</summary>
/// <param name="Page">Where a person reads more, on this site.</param>
public sealed record HappeningResource(DateTime At, string Who, string What, string Where, string Page);
