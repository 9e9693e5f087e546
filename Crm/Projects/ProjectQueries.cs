using System.Linq.Expressions;
using Crm.Accounts;
using Crm.Data;
using Crm.Tasks;
using Crm.Timeline;

namespace Crm.Projects;

/// <summary>The questions that are asked of projects.</summary>
public static class ProjectQueries
{
    private const int MostRunning = 8;

    /// <summary>Admins see every project, members those of the team and those that they are on, clients those that they are on.</summary>
    public static IQueryable<Project> VisibleTo(this IQueryable<Project> projects, CurrentUser user) => projects.Where(SeenBy(user));

    /// <summary>The same for what belongs to a project.</summary>
    public static Expression<Func<Project, bool>> SeenBy(CurrentUser user) => user switch
    {
        { IsAdmin: true } => p => true,
        { IsTeam: true } => p => p.Visibility == ProjectVisibility.Team || p.Members.Any(m => m.PersonId == user.Id),
        _ => p => p.Members.Any(m => m.PersonId == user.Id),
    };

    /// <summary>
    /// As many as the start page shows: those that somebody works on come first, then those due next. Which these are, an index alone
    /// tells; only they are then read.
    /// </summary>
    public static IQueryable<Project> RunningProjects(this CrmDb db, CurrentUser user)
    {
        var own = db.ProjectMembers.Where(m => m.PersonId == user.Id).Select(m => m.ProjectId);
        var running = db.Projects.VisibleTo(user)
            .Where(p => p.ArchivedAt == null && p.Status != ProjectStatus.Completed && p.Status != ProjectStatus.Cancelled)
            .OwnFirst(own).Take(MostRunning).Select(p => p.Id);
        return db.Projects.Where(p => running.Contains(p.Id)).OwnFirst(own);
    }

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

    private static IQueryable<Project> OwnFirst(this IQueryable<Project> projects, IQueryable<int> own) =>
        projects.OrderByDescending(p => own.Contains(p.Id)).ThenBy(p => p.DueOn == null).ThenBy(p => p.DueOn).ThenBy(p => p.Id);

    /// <summary>What the API shows of a project. Its figures count the tasks that the caller can see.</summary>
    /// <param name="today">The workspace's day, by which tasks are overdue.</param>
    public static IQueryable<ProjectResource> AsResources(this IQueryable<Project> projects, CurrentUser user, DateOnly today)
    {
        var counted = Counted(user);
        var isTeam = user.IsTeam;
        return projects.Select(p => new ProjectResource(
            p.Id,
            p.Name,
            p.Description,
            p.Status,
            p.Visibility,
            new PersonName(p.OwnerId, p.Owner.Name),
            p.StartsOn,
            p.DueOn,
            p.CreatedAt,
            p.ArchivedAt,
            new ProjectProgress(
                p.Tasks.AsQueryable().Count(counted),
                p.Tasks.AsQueryable().Where(counted).Count(t => t.Status == TaskStatus.Done),
                p.Tasks.AsQueryable().Where(counted).Count(t => t.Status == TaskStatus.Doing || t.Status == TaskStatus.Review),
                p.Tasks.AsQueryable().Where(counted).Count(t => t.Status != TaskStatus.Done && t.DueOn < today)),
            !isTeam || p.Ratings.Count == 0 ? null : new ProjectRating((double)p.Ratings.Sum(r => r.Stars) / p.Ratings.Count, p.Ratings.Count),
            p.Version));
    }

    /// <summary>What a line of a list shows of a project. Its figures count the tasks that the reader can see.</summary>
    /// <param name="today">The workspace's day, by which tasks are overdue.</param>
    public static IQueryable<ProjectRow> AsRows(this IQueryable<Project> projects, CurrentUser user, DateOnly today)
    {
        var counted = Counted(user);
        return projects.Select(p => new ProjectRow(
            p.Id,
            p.Name,
            p.Status,
            p.Visibility,
            p.Owner.Name,
            p.DueOn,
            p.ArchivedAt,
            p.Tasks.AsQueryable().Count(counted),
            p.Tasks.AsQueryable().Where(counted).Count(t => t.Status == TaskStatus.Done),
            p.Tasks.AsQueryable().Where(counted).Count(t => t.Status == TaskStatus.Doing || t.Status == TaskStatus.Review),
            p.Tasks.AsQueryable().Where(counted).Count(t => t.Status != TaskStatus.Done && t.DueOn < today),
            p.Ratings.Count,
            p.Ratings.Sum(r => r.Stars)));
    }

    private static Expression<Func<ProjectTask, bool>> Counted(CurrentUser user) => user.IsTeam
        ? t => t.ArchivedAt == null
        : t => t.ArchivedAt == null && t.Audience == Audience.ClientVisible;
}
