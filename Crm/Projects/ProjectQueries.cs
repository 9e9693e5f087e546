using Crm.Accounts;
using Crm.Data;

namespace Crm.Projects;

/// <summary>The questions that are asked of projects.</summary>
public static class ProjectQueries
{
    /// <summary>The team sees every project; clients those that they were added to.</summary>
    public static IQueryable<Project> VisibleTo(this IQueryable<Project> projects, CurrentUser user) =>
        user.IsTeam ? projects : projects.Where(p => p.Members.Any(m => m.PersonId == user.Id));

    public static IQueryable<Project> Matching(this IQueryable<Project> projects, ProjectFilter filter, CurrentUser user)
    {
        projects = filter.Archived ? projects.Where(p => p.ArchivedAt != null) : projects.Where(p => p.ArchivedAt == null);
        if (filter.Status is { } status)
        {
            projects = projects.Where(p => p.Status == status);
        }

        if (filter.OwnerId(user) is { } owner)
        {
            projects = projects.Where(p => p.OwnerId == owner);
        }

        if (filter.IsMine)
        {
            projects = projects.Where(p => p.Members.Any(m => m.PersonId == user.Id));
        }

        if (filter.Words.Length > 0)
        {
            var words = Folding.Fold(filter.Words);
            projects = projects.Where(p => p.SortName.Contains(words));
        }

        return projects;
    }

    public static IQueryable<Project> InOrder(this IQueryable<Project> projects, ProjectOrder order) => order switch
    {
        ProjectOrder.Due => projects.OrderBy(p => p.DueOn == null).ThenBy(p => p.DueOn).ThenBy(p => p.Id),
        ProjectOrder.Newest => projects.OrderByDescending(p => p.Id),
        _ => projects.OrderBy(p => p.SortName).ThenBy(p => p.Id),
    };

    /// <summary>What a line of a list shows of a project.</summary>
    /// <param name="today">The workspace's day, by which tasks are overdue.</param>
    public static IQueryable<ProjectRow> AsRows(this IQueryable<Project> projects, DateOnly today) =>
        projects.Select(p => new ProjectRow(
            p.Id,
            p.Name,
            p.Status,
            p.Owner.Name,
            p.DueOn,
            p.ArchivedAt,
            p.Tasks.Count(t => t.ArchivedAt == null),
            p.Tasks.Count(t => t.ArchivedAt == null && t.Status == Crm.Tasks.TaskStatus.Done),
            p.Tasks.Count(t => t.ArchivedAt == null && (t.Status == Crm.Tasks.TaskStatus.Doing || t.Status == Crm.Tasks.TaskStatus.Review)),
            p.Tasks.Count(t => t.ArchivedAt == null && t.Status != Crm.Tasks.TaskStatus.Done && t.DueOn < today),
            p.Ratings.Count,
            p.Ratings.Sum(r => r.Stars)));
}
