using System.Globalization;
using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Feedback;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>A task as it stood at the end of a day.</summary>
public sealed record PastTask(
    int Id, string Title, TaskStatus Status, Priority Priority, string? Assignee, DateOnly? DueOn, IReadOnlyList<string> Labels, double Position, bool IsArchived);

/// <summary>A comment as it read at the end of a day.</summary>
public sealed record PastComment(int Id, string Author, DateTime At, string Body);

/// <summary>A project as it stood at the end of a day, to read only. Who may see it is judged by today's permissions.</summary>
/// <param name="Archived">How many of its tasks were archived.</param>
/// <param name="Stars">What people thought of it then.</param>
public sealed record ProjectPast(
    int Id,
    DateOnly Day,
    string Name,
    string Description,
    ProjectStatus Status,
    ProjectVisibility Visibility,
    bool IsArchived,
    string Owner,
    DateOnly? StartsOn,
    DateOnly? DueOn,
    IReadOnlyList<string> Members,
    IReadOnlyList<PastTask> Tasks,
    int Archived,
    IReadOnlyList<PastComment> Comments,
    StarsView Stars)
{
    /// <summary>Why there is no day to show; then only the choice of another one stands there.</summary>
    public string? Error { get; init; }

    public Progress Progress => new(
        Tasks.Count, Tasks.Count(t => t.Status == TaskStatus.Done), Tasks.Count(t => t.Status is TaskStatus.Doing or TaskStatus.Review));

    /// <summary>Such as <c>/projects/4?asOf=2026-03-01</c>.</summary>
    public string UrlOf(DateOnly day) => $"/projects/{Id}?asOf={Web.Day.Text(day)}";

    /// <summary>For a day that cannot be read.</summary>
    public static ProjectPast Unreadable(Project project, DateOnly today, string error) => new(
        project.Id, today, project.Name, "", project.Status, project.Visibility, IsArchived: false, "", null, null, [], [], 0, [], new StarsView(null, 0))
    { Error = error };

    /// <summary>Six queries, whatever happened since.</summary>
    /// <param name="project">One whose inside the reader may see.</param>
    /// <returns>Null when it was not there yet.</returns>
    public static async Task<ProjectPast?> LoadAsync(CrmDb db, Project project, DateOnly day, Workspace workspace, CancellationToken cancel)
    {
        var end = workspace.StartOf(day.AddDays(1));
        if (project.CreatedAt >= end)
        {
            return null;
        }

        var back = new Rollback(await db.Changes.Where(c => c.ProjectId == project.Id && c.At >= end)
            .OrderByDescending(c => c.At).ThenByDescending(c => c.Id)
            .Select(c => new PastChange(c.Kind, c.RecordId, c.Field, c.From, c.To, c.Via)).ToListAsync(cancel));
        if (!back.WasHere(nameof(Project), project.Id))
        {
            return null;
        }

        var members = back.Members(project.Id, await db.ProjectMembers.Where(m => m.ProjectId == project.Id).Select(m => m.PersonId).ToListAsync(cancel));
        var tasks = await TasksAsync(db, project.Id, end, back, cancel);
        var comments = await CommentsAsync(db, project.Id, end, back, cancel);
        var stars = await StarsAsync(db, project.Id, end, back, cancel);
        var owner = Rollback.Id(back.Of(nameof(Project), project.Id, nameof(Project.OwnerId), Text(project.OwnerId))) ?? project.OwnerId;
        var people = members.Append(owner).Concat(comments.Select(c => c.AuthorId)).Concat(tasks.Select(t => t.AssigneeId).OfType<int>()).Distinct().ToList();
        var names = await db.People.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
        return Show(project, day, back, names, owner, members, tasks, comments, stars);
    }

    private static ProjectPast Show(
        Project project, DateOnly day, Rollback back, Dictionary<int, string> names, int owner, HashSet<int> members, List<TaskThen> tasks, List<CommentThen> comments, StarsView stars)
    {
        string? Was(string field, string? now) => back.Of(nameof(Project), project.Id, field, now);
        var shown = tasks.Select(t => t.Show(t.AssigneeId is { } id ? names.GetValueOrDefault(id, "Somebody") : null)).ToList();
        return new ProjectPast(
            project.Id,
            day,
            Was(nameof(Name), project.Name) ?? "",
            Was(nameof(Description), project.Description) ?? "",
            Choice(Was(nameof(Status), project.Status.ToString()), project.Status),
            Choice(Was(nameof(Visibility), project.Visibility.ToString()), project.Visibility),
            Was(nameof(Project.ArchivedAt), ChangeRecorder.Text(project.ArchivedAt)) is not null,
            names.GetValueOrDefault(owner, "Somebody"),
            Web.Day.Parse(Was(nameof(StartsOn), ChangeRecorder.Text(project.StartsOn))),
            Web.Day.Parse(Was(nameof(DueOn), ChangeRecorder.Text(project.DueOn))),
            [.. members.Select(m => names.GetValueOrDefault(m, "Somebody")).Order(StringComparer.CurrentCulture)],
            [.. shown.Where(t => !t.IsArchived).OrderBy(t => t.Status).ThenBy(t => t.Position).ThenBy(t => t.Id)],
            shown.Count(t => t.IsArchived),
            [.. comments.Select(c => new PastComment(c.Id, names.GetValueOrDefault(c.AuthorId, "Somebody"), c.CreatedAt, c.Body))],
            stars);
    }

    private static async Task<List<TaskThen>> TasksAsync(CrmDb db, int projectId, DateTime end, Rollback back, CancellationToken cancel)
    {
        var now = await db.Tasks.IgnoreQueryFilters().Where(t => t.ProjectId == projectId && t.CreatedAt < end)
            .Select(t => new TaskThen(t.Id, t.Title, t.Status, t.Priority, t.AssigneeId, t.DueOn, t.Labels, t.Position, t.ArchivedAt != null, t.DeletedAt != null))
            .ToListAsync(cancel);
        return [.. now.Where(t => back.WasHere(nameof(ProjectTask), t.Id)).Select(t => t.Before(back)).Where(t => !t.IsDeleted)];
    }

    private static async Task<List<CommentThen>> CommentsAsync(CrmDb db, int projectId, DateTime end, Rollback back, CancellationToken cancel)
    {
        // What was deleted before that day is not there; what was deleted since then is.
        var now = await db.Interactions.Where(i => i.ProjectId == projectId && i.TaskId == null && i.CreatedAt < end && (i.DeletedAt == null || i.DeletedAt >= end))
            .OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(Conversation.PageSize)
            .Select(i => new CommentThen(i.Id, i.AuthorId, i.CreatedAt, i.Body)).ToListAsync(cancel);
        now.Reverse();
        return now.ConvertAll(c => c with { Body = back.Of(nameof(Interaction), c.Id, nameof(Interaction.Body), c.Body) ?? "" });
    }

    private static async Task<StarsView> StarsAsync(CrmDb db, int projectId, DateTime end, Rollback back, CancellationToken cancel)
    {
        var now = await db.Ratings.IgnoreQueryFilters().Where(r => r.ProjectId == projectId && r.CreatedAt < end)
            .Select(r => new { r.Id, r.Stars, IsDeleted = r.DeletedAt != null }).ToListAsync(cancel);
        var stars = now
            .Where(r => back.Of(nameof(Rating), r.Id, nameof(Rating.DeletedAt), r.IsDeleted ? "deleted" : null) is null)
            .Select(r => Rollback.Id(back.Of(nameof(Rating), r.Id, nameof(Rating.Stars), Text(r.Stars))) ?? r.Stars)
            .ToList();
        return new StarsView(stars.Count == 0 ? null : stars.Average(), stars.Count);
    }

    private static T Choice<T>(string? text, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(text, out var value) ? value : otherwise;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record CommentThen(int Id, int AuthorId, DateTime CreatedAt, string Body);

    private sealed record TaskThen(
        int Id, string Title, TaskStatus Status, Priority Priority, int? AssigneeId, DateOnly? DueOn, IReadOnlyList<string> Labels, double Position, bool IsArchived, bool IsDeleted)
    {
        public TaskThen Before(Rollback back)
        {
            string? Was(string field, string? now) => back.Of(nameof(ProjectTask), Id, field, now);
            return this with
            {
                Title = Was(nameof(Title), Title) ?? "",
                Status = Choice(Was(nameof(Status), Status.ToString()), Status),
                Priority = Choice(Was(nameof(Priority), Priority.ToString()), Priority),
                AssigneeId = Rollback.Id(Was(nameof(AssigneeId), AssigneeId is { } id ? ProjectPast.Text(id) : null)),
                DueOn = Web.Day.Parse(Was(nameof(DueOn), ChangeRecorder.Text(DueOn))),
                Labels = Was(nameof(Labels), string.Join(", ", Labels)) is { Length: > 0 } labels ? labels.Split(", ") : [],
                Position = double.TryParse(Was(nameof(Position), Position.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture, out var place) ? place : Position,
                IsArchived = Was(nameof(ProjectTask.ArchivedAt), IsArchived ? "archived" : null) is not null,
                IsDeleted = Was(nameof(ProjectTask.DeletedAt), IsDeleted ? "deleted" : null) is not null,
            };
        }

        public PastTask Show(string? assignee) => new(Id, Title, Status, Priority, assignee, DueOn, Labels, Position, IsArchived);
    }
}
