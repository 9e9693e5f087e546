using System.Linq.Expressions;
using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>Named questions to the tasks.</summary>
public static class TaskQueries
{
    /// <summary>Those of the projects that somebody sees; of these clients see what is client-visible.</summary>
    public static IQueryable<ProjectTask> VisibleTo(this IQueryable<ProjectTask> tasks, CurrentUser user) =>
        tasks.ShownTo(user).Where(t => t.Project.DeletedAt == null).Whose(t => t.Project, ProjectQueries.SeenBy(user));

    /// <summary>Within a project that they see.</summary>
    public static IQueryable<ProjectTask> ShownTo(this IQueryable<ProjectTask> tasks, CurrentUser user) => tasks.Where(ShownTo(user));

    /// <summary>The same for what belongs to a task.</summary>
    public static Expression<Func<ProjectTask, bool>> ShownTo(CurrentUser user) =>
        user.IsTeam ? t => true : t => t.Audience == Audience.ClientVisible;

    /// <summary>The tasks that stand in one column of a project's list and board, in their order.</summary>
    public static IQueryable<ProjectTask> InColumn(this IQueryable<ProjectTask> tasks, int projectId, TaskStatus status) =>
        tasks.Where(t => t.ProjectId == projectId && t.ArchivedAt == null && t.Status == status).OrderBy(t => t.Position).ThenBy(t => t.Id);

    public static IQueryable<ProjectTask> Open(this IQueryable<ProjectTask> tasks) => tasks.Where(t => t.Status != TaskStatus.Done);

    public static IQueryable<ProjectTask> AssignedTo(this IQueryable<ProjectTask> tasks, int? personId) => tasks.Where(t => t.AssigneeId == personId);

    /// <summary>Open and due before today.</summary>
    public static IQueryable<ProjectTask> Overdue(this IQueryable<ProjectTask> tasks, DateOnly today) => tasks.Open().Where(t => t.DueOrder < today);

    public static IQueryable<ProjectTask> DueToday(this IQueryable<ProjectTask> tasks, DateOnly today) => tasks.Open().Where(t => t.DueOrder == today);

    /// <summary>Open and due from tomorrow through the seventh day from today.</summary>
    public static IQueryable<ProjectTask> DueThisWeek(this IQueryable<ProjectTask> tasks, DateOnly today)
    {
        var last = today.AddDays(7);
        return tasks.Open().Where(t => t.DueOrder > today && t.DueOrder <= last);
    }

    /// <summary>Every word somewhere in the title, whatever its case and accents.</summary>
    public static IQueryable<ProjectTask> WithWords(this IQueryable<ProjectTask> tasks, string? words)
    {
        foreach (var word in Folding.Fold(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8))
        {
            tasks = tasks.Where(t => t.SortTitle.Contains(word));
        }

        return tasks;
    }

    /// <summary>
    /// Those that somebody sees and asks for. Each task asks for its project, so that the database reads the tasks in their
    /// order and stops when the page is full; joined, it would begin with the projects and put all their tasks in order. That is
    /// right for a client alone, whose few tasks are strewn among all others.
    /// </summary>
    public static IQueryable<ProjectTask> TasksMatching(this CrmDb db, TaskFilter filter, CurrentUser user, DateOnly today)
    {
        var seen = db.Projects.VisibleTo(user);
        var tasks = user.IsTeam ? db.Tasks : db.TasksOfMember(user.Id);
        tasks = filter.IsArchived
            ? tasks.Where(t => seen.Any(p => p.Id == t.ProjectId && (t.ArchivedAt != null || p.ArchivedAt != null)))
            : tasks.Where(t => t.ArchivedAt == null && seen.Any(p => p.Id == t.ProjectId && (p.ArchivedAt == null || p.Id == filter.ProjectId)));
        tasks = tasks.ShownTo(user);
        tasks = filter.ProjectId is { } projectId ? tasks.Where(t => t.ProjectId == projectId) : tasks;
        tasks = filter.AssigneeValue.Length > 0 ? tasks.AssignedTo(filter.AssigneeId(user)) : tasks;
        tasks = TaskWords.ParsePriority(filter.Priority) is { } priority ? tasks.Where(t => t.Priority == priority) : tasks;
        tasks = filter.DueValue switch
        {
            "overdue" => tasks.Overdue(today),
            "today" => tasks.DueToday(today),
            "week" => tasks.DueThisWeek(today),
            _ => tasks,
        };
        return tasks.OfStatus(filter.StatusValue).WithWords(filter.Words);
    }

    public static IQueryable<ProjectTask> InOrder(this IQueryable<ProjectTask> tasks, string order) => order switch
    {
        "priority" => tasks.OrderByDescending(t => t.Priority).ThenBy(t => t.DueOrder).ThenBy(t => t.Id),
        "newest" => tasks.OrderByDescending(t => t.Id),
        "place" => tasks.OrderBy(t => t.ProjectId).ThenBy(t => t.Status).ThenBy(t => t.Position).ThenBy(t => t.Id),
        _ => tasks.OrderBy(t => t.DueOrder).ThenBy(t => t.Id),
    };

    /// <summary>A cross join, as SQLite reads one in the order in which it is written.</summary>
    private static IQueryable<ProjectTask> TasksOfMember(this CrmDb db, int personId) =>
        db.ProjectMembers.Where(m => m.PersonId == personId).SelectMany(_ => db.Tasks, (m, t) => new { m, t })
            .Where(x => x.t.ProjectId == x.m.ProjectId).Select(x => x.t);

    private static IQueryable<ProjectTask> OfStatus(this IQueryable<ProjectTask> tasks, string status) => status switch
    {
        "all" => tasks,
        _ when TaskWords.ParseStatus(status) is { } one => tasks.Where(t => t.Status == one),
        _ => tasks.Open(),
    };

    /// <summary>What a row or a card shows.</summary>
    public static IQueryable<TaskRow> AsRows(this IQueryable<ProjectTask> tasks) => tasks.Select(t => new TaskRow(
        t.Id,
        t.ProjectId,
        t.Project.Name,
        t.Title,
        t.Status,
        t.Position,
        t.Priority,
        t.DueOn,
        t.Labels,
        t.Assignee == null ? null : t.Assignee.Name,
        t.Version,
        t.Audience == Audience.ClientVisible,
        t.ArchivedAt == null && t.Project.ArchivedAt == null));

    /// <summary>What the API shows of a task. Two questions: in one, SQLite would put together the members of all tasks first.</summary>
    public static IQueryable<TaskResource> AsResources(this IQueryable<ProjectTask> tasks, CrmDb db) => tasks.AsSplitQuery().Select(t => new TaskResource(
        t.Id,
        new ProjectName(t.ProjectId, t.Project.Name),
        t.Title,
        t.Description,
        t.Status,
        t.Priority,
        t.Audience,
        t.Assignee == null ? null : new PersonName(t.Assignee.Id, t.Assignee.Name),
        t.Members.OrderBy(m => m.Person.Name).ThenBy(m => m.PersonId).Select(m => new PersonName(m.PersonId, m.Person.Name)).ToList(),
        t.DueOn,
        t.Labels,
        t.Position,
        t.ListName,
        t.CreatedAt,
        new PersonName(t.CreatedById, db.People.Where(p => p.Id == t.CreatedById).Select(p => p.Name).First()),
        t.CompletedAt,
        t.ArchivedAt,
        t.Version));

    /// <summary>A task that somebody may see, with its project, for a change.</summary>
    public static Task<ProjectTask?> FindVisibleAsync(this IQueryable<ProjectTask> tasks, int id, CurrentUser user, CancellationToken cancel) =>
        tasks.VisibleTo(user).Include(t => t.Project).FirstOrDefaultAsync(t => t.Id == id, cancel);
}
