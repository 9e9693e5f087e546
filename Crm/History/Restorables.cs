using System.Globalization;
using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Feedback;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tasks.Checklists;
using Crm.Timeline;
using Crm.Web;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>
/// Finds the value that a change replaced, and the verb by which editing writes it: with the same rules and for the same people.
/// </summary>
public sealed class Restorables(CrmDb db, CurrentUser user, Clock clock)
{
    private const string Gone = "It is deleted: restore it first.";

    private const string ParentGone = "What it belongs to is deleted: restore that first.";

    private readonly Dictionary<string, PutBack> _verbs = new(StringComparer.Ordinal);

    /// <returns>Null when there is no such record, or none that the reader may see, or its value cannot be put back.</returns>
    public async Task<Restorable?> FindAsync(string kind, int id, string field, string? person, CancellationToken cancel) =>
        !Restorable.Covers(kind, field) ? null : kind switch
        {
            nameof(Project) => await ProjectAsync(id, field, person, cancel),
            nameof(ProjectTask) => await TaskAsync(id, field, person, cancel),
            nameof(Checklist) => await ChecklistAsync(id, field, cancel),
            nameof(ChecklistItem) => await ItemAsync(id, field, cancel),
            nameof(Interaction) => await CommentAsync(id, field, cancel),
            nameof(Rating) => await RatingAsync(id, field, cancel),
            nameof(Workspace) => await WorkspaceAsync(field, cancel),
            nameof(Webhook) => await WebhookAsync(id, field, cancel),
            _ => await PersonAsync(id, field, cancel),
        };

    private async Task<Restorable?> ProjectAsync(int id, string field, string? person, CancellationToken cancel)
    {
        var project = await db.Projects.IgnoreQueryFilters().VisibleTo(user).Include(p => p.Owner).Include(p => p.Members).FirstOrDefaultAsync(p => p.Id == id, cancel);
        if (project?.ShowsInsideTo(user) != true)
        {
            return null;
        }

        Declare(ProjectFields.All, project);
        Declare(nameof(Project.ArchivedAt), project.BringBack, () => project.Archive(clock.Now));
        Declare(nameof(Project.DeletedAt), project.Restore, () => project.Delete(clock.Now));
        _verbs[nameof(Project.Visibility)] = (value, _) => Enum.TryParse<ProjectVisibility>(value, out var visibility)
            ? Said(() => project.ShowTo(visibility, user))
            : Never(value, default);
        await DeclareMemberAsync(person, db.People.Where(p => p.DisabledAt == null && p.DeletedAt == null), p => project.Add(p), project.Remove, "The owner stays a member: hand the project to somebody else first.", cancel);
        var members = project.Members.Select(m => m.PersonId);
        return Of(project, field, person, members, project.Name, $"/projects/{id}", project.CanBeEditedBy(user), project.CanBeKeptBy(user), project.DeletedAt, isParentGone: false);
    }

    private async Task<Restorable?> TaskAsync(int id, string field, string? person, CancellationToken cancel)
    {
        var task = await db.Tasks.IgnoreQueryFilters().Include(t => t.Project).Include(t => t.Assignee).Include(t => t.Members).FirstOrDefaultAsync(t => t.Id == id, cancel);
        if (task is null || !await IsSeenAsync(task.ProjectId, cancel))
        {
            return null;
        }

        Declare(TaskFields.All, task);
        Declare(nameof(ProjectTask.ArchivedAt), task.BringBack, () => task.Archive(clock.Now));
        Declare(nameof(ProjectTask.DeletedAt), task.Restore, () => task.Delete(clock.Now));
        Choose<Audience>(nameof(ProjectTask.Audience), task.ShowTo);
        _verbs[nameof(ProjectTask.Status)] = (value, stop) => MoveAsync(task, value, stop);
        _verbs[nameof(ProjectTask.Position)] = (value, _) => Task.FromResult(Place(task, value));
        await DeclareMemberAsync(person, db.Assignable(task.Project), p => Done(() => task.Add(p)), p => Done(() => task.Remove(p)), "", cancel);
        var members = task.Members.Select(m => m.PersonId);
        return Of(
            task, field, person, members, task.Title, $"/tasks/{id}", task.CanBeEditedBy(user), task.CanBeKeptBy(user), task.DeletedAt, task.Project.DeletedAt is not null);
    }

    private async Task<Restorable?> ChecklistAsync(int id, string field, CancellationToken cancel)
    {
        var list = await db.Checklists.IgnoreQueryFilters().Include(c => c.Task.Project).FirstOrDefaultAsync(c => c.Id == id, cancel);
        if (list is null || !await IsSeenAsync(list.Task.ProjectId, cancel))
        {
            return null;
        }

        Declare([ChecklistFields.Name], list);
        Declare(nameof(Checklist.DeletedAt), list.Restore, () => list.Delete(clock.Now));
        var mayEdit = list.Task.CanBeEditedBy(user);
        return Of(list, field, null, [], list.Name, $"/tasks/{list.TaskId}", mayEdit, mayEdit, list.DeletedAt, IsGone(list.Task));
    }

    private async Task<Restorable?> ItemAsync(int id, string field, CancellationToken cancel)
    {
        var item = await db.ChecklistItems.IgnoreQueryFilters().Include(i => i.Checklist.Task.Project).FirstOrDefaultAsync(i => i.Id == id, cancel);
        if (item is null || !await IsSeenAsync(item.Checklist.Task.ProjectId, cancel))
        {
            return null;
        }

        Declare([ChecklistFields.Text], item);
        Declare(nameof(ChecklistItem.DeletedAt), item.Restore, () => item.Delete(clock.Now));
        _verbs[nameof(ChecklistItem.IsDone)] = (value, _) => Said(() => item.Check(value == "True"));
        var mayEdit = item.Checklist.Task.CanBeEditedBy(user);
        var isParentGone = item.Checklist.DeletedAt is not null || IsGone(item.Checklist.Task);
        return Of(item, field, null, [], item.Text, $"/tasks/{item.Checklist.TaskId}", mayEdit, mayEdit, item.DeletedAt, isParentGone);
    }

    private async Task<Restorable?> CommentAsync(int id, string field, CancellationToken cancel)
    {
        var comment = await db.Interactions.IgnoreQueryFilters().Include(i => i.Project).Include(i => i.Task).Include(i => i.Author).Include(i => i.ReplyTo).FirstOrDefaultAsync(i => i.Id == id, cancel);
        if (comment is null || !await IsSeenAsync(comment.ProjectId, cancel))
        {
            return null;
        }

        Declare(nameof(Interaction.DeletedAt), comment.Restore, () => comment.Delete(user.Id, clock.Now));
        _verbs[nameof(Interaction.Body)] = (value, _) => Task.FromResult(
            new ProseAttribute(Interaction.BodyLength) { Required = true }.Check(value, "The comment") ?? Say(() => comment.Reword(value!, clock.Now)));
        _verbs[nameof(Interaction.Audience)] = (value, _) => Enum.TryParse<Audience>(value, out var audience) && comment.CanBeShownTo(audience) && comment.Task is not { Audience: Audience.TeamOnly }
            ? Said(() => comment.ShowTo(audience))
            : Task.FromResult<string?>("Who sees it follows what it answers, and the task that it stands in.");
        var isParentGone = comment.Project.DeletedAt is not null || comment.Task?.DeletedAt is not null;
        return Of(
            comment,
            field,
            null,
            [],
            "the comment",
            $"/comments/{id}",
            field == nameof(Interaction.Audience) ? comment.CanBeSharedBy(user) : comment.CanBeEditedBy(user),
            comment.CanBeDeletedBy(user) || comment.CanBeRestoredBy(user),
            comment.DeletedAt,
            isParentGone);
    }

    private async Task<Restorable?> RatingAsync(int id, string field, CancellationToken cancel)
    {
        var rating = await db.Ratings.IgnoreQueryFilters().FirstOrDefaultAsync(r => r.Id == id, cancel);
        if (rating is null || await db.Projects.IgnoreQueryFilters().VisibleTo(user).FirstOrDefaultAsync(p => p.Id == rating.ProjectId, cancel) is not { } project || !user.IsTeam)
        {
            return null;
        }

        Declare(nameof(Rating.DeletedAt), rating.Restore, () => rating.Withdraw(clock.Now));
        _verbs[nameof(Rating.Comment)] = (value, _) => Said(() => rating.Change(rating.Stars, value ?? "", clock.Now));
        _verbs[nameof(Rating.Stars)] = (value, _) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var stars) && stars is >= Rating.MinStars and <= Rating.MaxStars
            ? Said(() => rating.Change(stars, rating.Comment, clock.Now))
            : Task.FromResult<string?>("A rating has one to five stars.");
        var isMine = rating.PersonId == user.Id && project.CanBeRatedBy(user);
        return Of(rating, field, null, [], "the rating", $"/projects/{project.Id}/ratings", isMine, isMine, rating.DeletedAt, project.DeletedAt is not null);
    }

    private async Task<Restorable?> WorkspaceAsync(string field, CancellationToken cancel)
    {
        if (!user.IsAdmin || await db.Workspaces.FirstOrDefaultAsync(cancel) is not { } workspace)
        {
            return null;
        }

        _verbs[nameof(Workspace.Name)] = (value, _) => Said(() => workspace.Rename(value ?? ""));
        _verbs[nameof(Workspace.TimeZone)] = (value, _) => TimeZoneInfo.TryFindSystemTimeZoneById(value ?? "", out var _1)
            ? Said(() => workspace.LiveIn(value!))
            : Task.FromResult<string?>("This time zone is not known here.");
        _verbs[nameof(Workspace.Address)] = (value, _) => Said(() => workspace.AnswerAt(value));
        Choose<Registration>(nameof(Workspace.Registration), workspace.Admit);
        return Of(workspace, field, null, [], workspace.Name, "/settings", mayEdit: true, mayKeep: true, deletedAt: null, isParentGone: false);
    }

    private async Task<Restorable?> WebhookAsync(int id, string field, CancellationToken cancel)
    {
        if (!user.IsAdmin || await db.Webhooks.IgnoreQueryFilters().FirstOrDefaultAsync(w => w.Id == id, cancel) is not { } webhook)
        {
            return null;
        }

        Declare(nameof(Webhook.DeletedAt), () => webhook.Restore(clock.Now), () => webhook.Delete(clock.Now));
        _verbs[nameof(Webhook.Name)] = (value, _) => Task.FromResult(
            new LineAttribute(Webhook.NameLength) { Required = true }.Check(value, "The name") ?? Say(() => webhook.Rename(value!)));
        return Of(webhook, field, null, [], webhook.Name, $"/webhooks/{id}", mayEdit: true, mayKeep: true, webhook.DeletedAt, isParentGone: false);
    }

    private async Task<Restorable?> PersonAsync(int id, string field, CancellationToken cancel)
    {
        if (!user.IsAdmin || await db.People.FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } person)
        {
            return null;
        }

        _verbs[nameof(Person.Name)] = (value, _) => Task.FromResult(
            new LineAttribute(Person.NameLength) { Required = true }.Check(value, "The name") ?? Say(() => person.Rename(value!)));
        return Of(person, field, null, [], person.Name, $"/people/{id}", person.DeletedAt is null, person.DeletedAt is null, deletedAt: null, isParentGone: false);
    }

    private Restorable Of(
        object record, string field, string? person, IEnumerable<int> members, string name, string url, bool mayEdit, bool mayKeep, DateTime? deletedAt, bool isParentGone)
    {
        var isMembership = field == nameof(Project.Members);
        var current = isMembership
            ? members.Any(m => m.ToString(CultureInfo.InvariantCulture) == person) ? person : null
            : ChangeRecorder.Text(db.Entry(record).Property(field).CurrentValue);
        var obstacle = isParentGone ? ParentGone
            : deletedAt is not null && field != nameof(Project.DeletedAt) ? Gone
            : null;
        var isTooLate = field == nameof(Project.DeletedAt) && Trash.IsOver(deletedAt, clock.Now);
        return new Restorable(name, url, Restorable.IsMoment(field) ? mayKeep : mayEdit, current, obstacle, isTooLate, _verbs.GetValueOrDefault(field) ?? Never);
    }

    private void Declare<T>(IReadOnlyList<Field<T>> fields, T record)
        where T : class, ITracked
    {
        foreach (var field in fields)
        {
            _verbs[field.Property] = (value, cancel) => WriteAsync(field, record, value, cancel);
        }
    }

    private async Task<string?> WriteAsync<T>(Field<T> field, T record, string? value, CancellationToken cancel)
        where T : class, ITracked
    {
        var options = field.Options is null ? [] : await field.Options(db, record, cancel);
        var typed = options.Find(o => o.Value.Equals(value ?? "", StringComparison.OrdinalIgnoreCase))?.Value ?? value ?? "";
        return field.Kind == FieldKind.Choice && options.TrueForAll(o => o.Value != typed)
            ? $"{field.Label}: what stood there cannot be chosen any more. Whoever it names may have left."
            : field.Mistake(typed, options) ?? field.Write(record, typed, clock);
    }

    private void Declare(string field, Action clear, Action set) => _verbs[field] = (value, _) => Said(value is null ? clear : set);

    private void Choose<T>(string field, Action<T> verb)
        where T : struct, Enum =>
        _verbs.TryAdd(field, (value, _) => Enum.TryParse<T>(value, out var choice) ? Said(() => verb(choice)) : Never(value, default));

    /// <param name="candidates">Who can be chosen where members are edited.</param>
    private async Task DeclareMemberAsync(string? person, IQueryable<Person> candidates, Func<int, bool> add, Func<int, bool> remove, string refusal, CancellationToken cancel)
    {
        if (!int.TryParse(person, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return;
        }

        var canJoin = await candidates.AnyAsync(p => p.Id == id, cancel);
        _verbs[nameof(Project.Members)] = (value, _) => Task.FromResult(value switch
        {
            null => remove(id) ? null : refusal,
            _ when !canJoin => "They have no account here any more or do not see it, so they cannot be added again.",
            _ => add(id) ? null : "They are on it already.",
        });
    }

    /// <summary>In another status the task gets its usual place.</summary>
    private async Task<string?> MoveAsync(ProjectTask task, string? value, CancellationToken cancel)
    {
        if (!Enum.TryParse<TaskStatus>(value, out var status))
        {
            return "There is no such status any more.";
        }

        await db.MoveAsync(task, status, column => TaskMoves.UsualPlace(column, status), clock.Now, cancel);
        return null;
    }

    private string? Place(ProjectTask task, string? value)
    {
        if (!double.TryParse(value, CultureInfo.InvariantCulture, out var position) || !double.IsFinite(position))
        {
            return "This place is not known any more.";
        }

        task.MoveTo(task.Status, position, clock.Now);
        return null;
    }

    private Task<bool> IsSeenAsync(int projectId, CancellationToken cancel) =>
        user.IsTeam ? db.Projects.IgnoreQueryFilters().VisibleTo(user).AnyAsync(p => p.Id == projectId, cancel) : Task.FromResult(false);

    private static bool IsGone(ProjectTask task) => task.DeletedAt is not null || task.Project.DeletedAt is not null;

    private static Task<string?> Never(string? value, CancellationToken cancel) => Task.FromResult<string?>("This cannot be put back.");

    private static Task<string?> Said(Action verb) => Task.FromResult(Say(verb));

    private static string? Say(Action verb)
    {
        verb();
        return null;
    }

    private static bool Done(Action verb)
    {
        verb();
        return true;
    }
}
