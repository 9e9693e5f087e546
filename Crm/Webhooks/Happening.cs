using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Feedback;
using Crm.Imports;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Webhooks;

/// <summary>A property that changed, by its name.</summary>
internal sealed record FieldChange(string Property, object? From, object? To);

/// <summary>An event that arises from what is about to be saved.</summary>
/// <param name="Record">The entity that it is about.</param>
internal sealed record Happening(string Event, object Record, IReadOnlyList<FieldChange> Changes)
{
    private const string Updated = "updated";

    // What only orders, or stems from an import.
    private static readonly HashSet<string> Quiet =
        [nameof(ProjectTask.Position), nameof(ProjectTask.ListName), nameof(ProjectTask.ImportKey), nameof(ProjectTask.CreatedAt), nameof(ProjectTask.CreatedById)];

    private static readonly HashSet<string> OfPerson = [nameof(Person.Name), nameof(Person.Email), nameof(Person.Role)];

    /// <summary>Before it is saved.</summary>
    public static IEnumerable<Happening> Of(EntityEntry entry) => (ResourceOf(entry.Entity), entry.State) switch
    {
        (null, _) or ("import", EntityState.Added) => [],
        (var resource, EntityState.Added) => Made(resource, entry.Entity),
        (var resource, EntityState.Deleted) => [new Happening($"{resource}.deleted", entry.Entity, [])],
        (var resource, _) => Changed(resource, entry),
    };

    /// <summary>Who comes and goes is a change of what they are a member of.</summary>
    public static Happening OfMembers(object record, IEnumerable<FieldChange> changes) => new($"{ResourceOf(record)}.{Updated}", record, [.. changes]);

    private static string? ResourceOf(object record) => record switch
    {
        Project => "project",
        ProjectTask => "task",
        Checklist => "checklist",
        ChecklistItem => "checklist_item",
        Interaction => "comment",
        Rating => "rating",
        Person => "person",
        Invitation => "invitation",
        Workspace => "workspace",
        ImportJob => "import",
        _ => null,
    };

    private static IEnumerable<Happening> Made(string resource, object record)
    {
        // A workspace is made once, before anybody could be told.
        if (record is not Workspace)
        {
            yield return new Happening($"{resource}.created", record, []);
        }

        if (record is Person { JoinedAt: not null })
        {
            yield return new Happening("person.joined", record, []);
        }
    }

    private static IEnumerable<Happening> Changed(string resource, EntityEntry entry)
    {
        var told = entry.Properties.Where(p => p.IsModified && (entry.Entity is ImportJob || Untold.Why(entry.Metadata, p.Metadata.Name) is null))
            .Select(p => new FieldChange(p.Metadata.Name, p.OriginalValue, p.CurrentValue))
            .Where(c => ChangeRecorder.Text(c.From) != ChangeRecorder.Text(c.To))
            .SelectMany(c => VerbsOf(entry.Entity, c).Select(verb => (Verb: verb, Change: c)))
            .GroupBy(c => c.Verb, c => c.Change, StringComparer.Ordinal).ToList();

        // What is personal of a former member goes without being told.
        return told.Where(v => entry.Entity is not Person { DeletedAt: not null } || v.Key == "deleted")
            .Select(v => new Happening($"{resource}.{v.Key}", entry.Entity, IsTold(v.Key) ? [.. v] : []));
    }

    /// <summary>Of other verbs the record says all.</summary>
    private static bool IsTold(string verb) => verb is Updated or "moved" or "completed" or "reopened";

    private static string[] VerbsOf(object record, FieldChange change) => (record, change.Property) switch
    {
        (_, nameof(Project.DeletedAt)) => [change.To is null ? "restored" : "deleted"],
        (_, nameof(Project.ArchivedAt)) => [change.To is null ? "unarchived" : "archived"],
        (ProjectTask, nameof(ProjectTask.Status)) when change.To is TaskStatus.Done => ["moved", "completed"],
        (ProjectTask, nameof(ProjectTask.Status)) when change.From is TaskStatus.Done => ["moved", "reopened"],
        (ProjectTask, nameof(ProjectTask.Status)) => ["moved"],
        (ChecklistItem, nameof(ChecklistItem.IsDone)) => [change.To is true ? "checked" : "unchecked"],
        (Person, nameof(Person.JoinedAt)) => ["joined"],
        (Person, nameof(Person.DisabledAt)) => [change.To is null ? "enabled" : "disabled"],
        (Person, var property) => OfPerson.Contains(property) ? [Updated] : [],
        (Invitation, nameof(Invitation.AcceptedAt)) => ["accepted"],
        (Invitation, nameof(Invitation.TokenHash)) => ["renewed"],
        (Invitation, nameof(Invitation.RevokedAt)) when change.To is not null => ["revoked"],
        (ImportJob, nameof(ImportJob.State)) => change.To switch { ImportState.Done => ["finished"], ImportState.Failed => ["failed"], _ => [] },
        (Invitation or ImportJob, _) => [],
        (_, var property) => Quiet.Contains(property) ? [] : [Updated],
    };
}
