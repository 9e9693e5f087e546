using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Feedback;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>A step of the way to a page.</summary>
public sealed record Crumb(string Text, string Url);

/// <summary>What a history tells of, for one reader who may see it.</summary>
/// <param name="Kinds">Classes of the records that it holds.</param>
/// <param name="Narrow">Those changes among all that belong to it.</param>
/// <param name="ProjectId">The project whose days can be looked at as they stood.</param>
public sealed record HistoryScope(
    string Title, string Url, IReadOnlyList<Crumb> Crumbs, IReadOnlyList<string> Kinds, Func<IQueryable<Change>, IQueryable<Change>> Narrow, int? ProjectId = null)
{
    private static readonly Crumb Projects = new("Projects", "/projects");

    public static HistoryScope Of(Project project) => new(
        project.Name,
        $"/projects/{project.Id}/history",
        [Projects, new Crumb(project.Name, $"/projects/{project.Id}")],
        [nameof(Project), nameof(ProjectTask), nameof(Checklist), nameof(ChecklistItem), nameof(Interaction), nameof(Rating)],
        changes => changes.Where(c => c.ProjectId == project.Id),
        project.Id);

    /// <summary>A task with its checklists and what was said about it.</summary>
    /// <param name="task">With its project.</param>
    public static HistoryScope Of(ProjectTask task, CrmDb db)
    {
        var checklists = db.Checklists.IgnoreQueryFilters().Where(c => c.TaskId == task.Id).Select(c => c.Id);
        var items = db.ChecklistItems.IgnoreQueryFilters().Where(i => i.Checklist.TaskId == task.Id).Select(i => i.Id);
        var comments = db.Interactions.IgnoreQueryFilters().Where(i => i.TaskId == task.Id).Select(i => i.Id);
        return new HistoryScope(
            task.Title,
            $"/tasks/{task.Id}/history",
            [Projects, new Crumb(task.Project.Name, $"/projects/{task.ProjectId}"), new Crumb(task.Title, $"/tasks/{task.Id}")],
            [nameof(ProjectTask), nameof(Checklist), nameof(ChecklistItem), nameof(Interaction)],
            // One after the other, so that each is found by the index of its kind.
            changes => changes.Where(c => c.Kind == nameof(ProjectTask) && c.RecordId == task.Id)
                .Concat(changes.Where(c => c.Kind == nameof(Checklist) && checklists.Contains(c.RecordId)))
                .Concat(changes.Where(c => c.Kind == nameof(ChecklistItem) && items.Contains(c.RecordId)))
                .Concat(changes.Where(c => c.Kind == nameof(Interaction) && comments.Contains(c.RecordId))));
    }

    /// <param name="comment">With its project and task.</param>
    public static HistoryScope Of(Interaction comment) => new(
        "a comment",
        $"/comments/{comment.Id}/history",
        comment.Task is { } task
            ? [Projects, new Crumb(comment.Project.Name, $"/projects/{comment.ProjectId}"), new Crumb(task.Title, $"/tasks/{task.Id}#comment-{comment.Id}")]
            : [Projects, new Crumb(comment.Project.Name, $"/projects/{comment.ProjectId}#comment-{comment.Id}")],
        [nameof(Interaction)],
        changes => changes.Where(c => c.Kind == nameof(Interaction) && c.RecordId == comment.Id));

    /// <param name="project">The one that is rated.</param>
    public static HistoryScope Of(Rating rating, Project project) => new(
        "a rating",
        $"/ratings/{rating.Id}/history",
        [Projects, new Crumb(project.Name, $"/projects/{project.Id}"), new Crumb("Ratings", $"/projects/{project.Id}/ratings")],
        [nameof(Rating)],
        changes => changes.Where(c => c.Kind == nameof(Rating) && c.RecordId == rating.Id));

    public static HistoryScope Of(Person person) => new(
        person.Name,
        $"/people/{person.Id}/history",
        [new Crumb("People", "/people"), new Crumb(person.Name, $"/people/{person.Id}")],
        [nameof(Person)],
        changes => changes.Where(c => c.Kind == nameof(Person) && c.RecordId == person.Id));

    public static HistoryScope OfAll(Workspace workspace) => new(
        workspace.Name,
        "/history",
        [],
        [
            nameof(Project), nameof(ProjectTask), nameof(Checklist), nameof(ChecklistItem), nameof(Interaction), nameof(Rating),
            nameof(Workspace), nameof(Person), nameof(Invitation), nameof(Webhook),
        ],
        changes => changes);
}
