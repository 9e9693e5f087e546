using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>The tasks of one status in a project: a group of its list, a column of its board.</summary>
/// <param name="Count">All that there are; <see cref="Tasks"/> holds the first of them.</param>
public sealed record TaskGroup(int ProjectId, TaskStatus Status, int Count, IReadOnlyList<TaskView> Tasks, Surface On, bool CanEdit)
{
    public string ElementId => $"tasks-{Status.Slug()}";

    /// <summary>Where new tasks are typed.</summary>
    public bool TakesNew => Status == TaskStatus.ToDo && CanEdit;

    /// <summary>An empty group of the list says nothing; an empty column of the board is a place to drop a card.</summary>
    public bool IsHidden => On == Surface.List && Count == 0 && Status != TaskStatus.ToDo;

    public string AllUrl => $"/tasks?project={ProjectId}&status={Status.Slug()}&order=place";
}

/// <summary>The tasks of a project by their status, as many of each as a page shows.</summary>
public sealed record TaskList(IReadOnlyList<TaskGroup> Groups)
{
    /// <summary>A first page is at most 20 KB, compressed; the rest is behind a link.</summary>
    private const int MostRows = 20;

    private const int MostCards = 50;

    public bool CanEdit => Groups.Any(g => g.CanEdit);

    /// <summary>Two queries, whatever the project holds.</summary>
    /// <param name="project">One that the person may see.</param>
    /// <param name="only">Without it, all statuses.</param>
    public static async Task<TaskList> LoadAsync(CrmDb db, Project project, CurrentUser user, Surface on, CancellationToken cancel, IReadOnlyList<TaskStatus>? only = null)
    {
        var statuses = only ?? TaskWords.Statuses;
        var most = on == Surface.Board ? MostCards : MostRows;
        var canEdit = project.CanBeEditedBy(user);
        var counts = await db.Tasks.ShownTo(user)
            .Where(t => t.ProjectId == project.Id && t.ArchivedAt == null)
            .GroupBy(t => t.Status)
            .Select(g => new { Status = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Status, g => g.Count, cancel);
        var rows = await statuses
            .Select(status => db.Tasks.ShownTo(user).InColumn(project.Id, status).Take(most))
            .Aggregate((all, next) => all.Concat(next))
            .AsRows()
            .ToListAsync(cancel);
        return new TaskList([.. statuses.Select(status => new TaskGroup(
            project.Id,
            status,
            counts.GetValueOrDefault(status),
            [.. rows.Where(r => r.Status == status).OrderBy(r => r.Position).ThenBy(r => r.Id).Select(r => new TaskView(r, on, canEdit))],
            on,
            canEdit))]);
    }
}
