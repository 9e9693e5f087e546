using System.Globalization;
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

/// <summary>What a record is called, and where it stands.</summary>
/// <param name="Url">Null for what has no page any more.</param>
public sealed record RecordName(string Name, string? Url);

/// <summary>The names of records and people that changes speak of; one query for each kind that occurs.</summary>
public sealed class HistoryNames
{
    private readonly Dictionary<(string Kind, int Id), RecordName> _names = [];

    /// <summary>By their ids as text, as changes hold them.</summary>
    public Dictionary<string, string> People { get; private set; } = new(StringComparer.Ordinal);

    public RecordName Of(string kind, int id) => _names.GetValueOrDefault((kind, id)) ?? new RecordName(
        kind is nameof(Person) ? People.GetValueOrDefault(Text(id), "Somebody") : KindName(kind), null);

    /// <summary>What people call a class of records.</summary>
    public static string KindName(string kind) => kind switch
    {
        nameof(ProjectTask) => "Task",
        nameof(ChecklistItem) => "Checklist item",
        nameof(Interaction) => "Comment",
        nameof(Person) => "Account",
        _ => kind,
    };

    public static async Task<HistoryNames> LoadAsync(CrmDb db, IReadOnlyList<(string Kind, int Id)> records, IEnumerable<string?> people, CancellationToken cancel)
    {
        var names = new HistoryNames();
        foreach (var kind in records.Distinct().GroupBy(r => r.Kind, r => r.Id))
        {
            foreach (var row in await Query(db, kind.Key, [.. kind]).ToListAsync(cancel))
            {
                names._names[(kind.Key, row.Id)] = new RecordName(Shorten(row.Name), row.Url);
            }
        }

        var ids = people.OfType<string>().Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Distinct().ToList();
        if (ids.Count > 0)
        {
            names.People = await db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => Text(p.Id), p => p.Name, StringComparer.Ordinal, cancel);
        }

        return names;
    }

    // Deleted ones too: what happened to them is told, and leads nowhere.
    private static IQueryable<Row> Query(CrmDb db, string kind, List<int> ids) => kind switch
    {
        nameof(Project) => db.Projects.IgnoreQueryFilters().Where(p => ids.Contains(p.Id))
            .Select(p => new Row(p.Id, p.Name, p.DeletedAt == null ? "/projects/" + p.Id : null)),
        nameof(ProjectTask) => db.Tasks.IgnoreQueryFilters().Where(t => ids.Contains(t.Id))
            .Select(t => new Row(t.Id, t.Title, t.DeletedAt == null && t.Project.DeletedAt == null ? "/tasks/" + t.Id : null)),
        nameof(Checklist) => db.Checklists.IgnoreQueryFilters().Where(c => ids.Contains(c.Id))
            .Select(c => new Row(c.Id, c.Name + " · " + c.Task.Title, c.Task.DeletedAt == null && c.Task.Project.DeletedAt == null ? "/tasks/" + c.TaskId : null)),
        nameof(ChecklistItem) => db.ChecklistItems.IgnoreQueryFilters().Where(i => ids.Contains(i.Id))
            .Select(i => new Row(i.Id, i.Text + " · " + i.Checklist.Task.Title, i.Checklist.Task.DeletedAt == null && i.Checklist.Task.Project.DeletedAt == null ? "/tasks/" + i.Checklist.TaskId : null)),
        nameof(Interaction) => db.Interactions.IgnoreQueryFilters().Where(i => ids.Contains(i.Id))
            .Select(i => new Row(i.Id, "by " + i.Author.Name + " · " + (i.Task == null ? i.Project.Name : i.Task.Title), i.Project.DeletedAt == null && (i.Task == null || i.Task.DeletedAt == null) ? "/comments/" + i.Id : null)),
        nameof(Rating) => db.Ratings.IgnoreQueryFilters().Where(r => ids.Contains(r.Id))
            .Select(r => new Row(r.Id, "by " + r.Person.Name, "/projects/" + r.ProjectId + "/ratings")),
        nameof(Person) => db.People.Where(p => ids.Contains(p.Id)).Select(p => new Row(p.Id, p.Name, "/people/" + p.Id)),
        nameof(Invitation) => db.Invitations.Where(i => ids.Contains(i.Id)).Select(i => new Row(i.Id, i.Email ?? "without an address", "/people/invitations")),
        nameof(Webhook) => db.Webhooks.IgnoreQueryFilters().Where(w => ids.Contains(w.Id)).Select(w => new Row(w.Id, w.Name, w.DeletedAt == null ? "/webhooks/" + w.Id : null)),
        _ => db.Workspaces.Select(w => new Row(w.Id, w.Name, "/settings")),
    };

    private static string Shorten(string name) => name.Length > 90 ? name[..90] + "…" : name;

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(int Id, string Name, string? Url);
}
