using Crm.Accounts;
using Crm.Data;
using Crm.Feedback;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Web.Api;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>A deleted record as the list of them shows it.</summary>
/// <param name="Parent">What it belongs to, where that has a name of its own.</param>
/// <param name="IsParentGone">What it belongs to is deleted too and has to come back first.</param>
/// <param name="MayRestore">The reader is somebody who may bring it back.</param>
public sealed record TrashRow(string Kind, int Id, string Name, string? Parent, bool IsParentGone, DateTime DeletedAt, string? By, bool MayRestore)
{
    public string KindName => HistoryNames.KindName(Kind);
}

/// <summary>
/// What was deleted lately and can be brought back whole. Afterwards it is not offered any more; its rows stay in the database
/// all the same, so that a clock that runs ahead destroys nothing.
/// </summary>
public static class Trash
{
    public const int Days = 30;

    /// <summary>More than this are not shown of a kind.</summary>
    public const int Most = 50;

    /// <summary>Whether it is too late to bring back what was deleted then.</summary>
    public static bool IsOver(DateTime? deletedAt, DateTime now) => deletedAt < now.AddDays(-Days);

    /// <summary>Such as “28 days”: how long something can still be brought back.</summary>
    public static string Left(DateTime deletedAt, DateTime now)
    {
        var days = Math.Max(1, (int)Math.Ceiling((deletedAt.AddDays(Days) - now).TotalDays));
        return days == 1 ? "1 day" : $"{days} days";
    }

    public static string TooLate(string name) => $"“{name}” was deleted more than {Days} days ago and is not brought back any more. An admin finds what it held in the history.";

    /// <summary>Does something with a record over the API, such as bringing it back, unless it was deleted too long ago.</summary>
    public static Task<Refusal?> InTimeAsync(DateTime? deletedAt, string name, DateTime now, Action act)
    {
        if (IsOver(deletedAt, now))
        {
            return Task.FromResult<Refusal?>(Refusal.Gone(TooLate(name)));
        }

        act();
        return Task.FromResult<Refusal?>(null);
    }

    /// <summary>Seven queries, eight for an admin, whatever there is.</summary>
    /// <param name="kind">One kind alone, or null.</param>
    public static async Task<IReadOnlyList<TrashRow>> LoadAsync(CrmDb db, CurrentUser user, DateTime now, string? kind, CancellationToken cancel)
    {
        var since = now.AddDays(-Days);
        var projects = db.Projects.IgnoreQueryFilters().VisibleTo(user);
        List<IQueryable<Row>> queries =
        [
            projects.Where(p => p.DeletedAt >= since).OrderByDescending(p => p.DeletedAt).Take(Most)
                .Select(p => new Row(nameof(Project), p.Id, p.Name, null, false, p.DeletedAt!.Value, true)),
            db.Tasks.IgnoreQueryFilters().Where(t => t.DeletedAt >= since && projects.Any(p => p.Id == t.ProjectId)).OrderByDescending(t => t.DeletedAt).Take(Most)
                .Select(t => new Row(nameof(ProjectTask), t.Id, t.Title, t.Project.Name, t.Project.DeletedAt != null, t.DeletedAt!.Value, t.Project.ArchivedAt == null)),
            db.Checklists.IgnoreQueryFilters().Where(c => c.DeletedAt >= since && projects.Any(p => p.Id == c.Task.ProjectId)).OrderByDescending(c => c.DeletedAt).Take(Most)
                .Select(c => new Row(nameof(Checklist), c.Id, c.Name, c.Task.Title, c.Task.DeletedAt != null || c.Task.Project.DeletedAt != null, c.DeletedAt!.Value, c.Task.ArchivedAt == null && c.Task.Project.ArchivedAt == null)),
            db.ChecklistItems.IgnoreQueryFilters().Where(i => i.DeletedAt >= since && projects.Any(p => p.Id == i.Checklist.Task.ProjectId)).OrderByDescending(i => i.DeletedAt).Take(Most)
                .Select(i => new Row(nameof(ChecklistItem), i.Id, i.Text, i.Checklist.Name, i.Checklist.DeletedAt != null || i.Checklist.Task.DeletedAt != null || i.Checklist.Task.Project.DeletedAt != null, i.DeletedAt!.Value, i.Checklist.Task.ArchivedAt == null && i.Checklist.Task.Project.ArchivedAt == null)),
            db.Interactions.IgnoreQueryFilters().Where(i => i.DeletedAt >= since && projects.Any(p => p.Id == i.ProjectId)).OrderByDescending(i => i.DeletedAt).Take(Most)
                .Select(i => new Row(
                    nameof(Interaction),
                    i.Id,
                    user.IsAdmin || (i.AuthorId == user.Id && (i.DeletedById == null || i.DeletedById == user.Id)) ? i.Body.Substring(0, 120) : "A comment by " + i.Author.Name,
                    i.Task == null ? i.Project.Name : i.Task.Title,
                    i.Project.DeletedAt != null || (i.Task != null && i.Task.DeletedAt != null),
                    i.DeletedAt!.Value,
                    i.Project.ArchivedAt == null && (i.Task == null || i.Task.ArchivedAt == null) && (user.IsAdmin || (i.AuthorId == user.Id && (i.DeletedById == null || i.DeletedById == user.Id))))),
            db.Ratings.IgnoreQueryFilters().Where(r => r.DeletedAt >= since && r.PersonId == user.Id).OrderByDescending(r => r.DeletedAt).Take(Most)
                .Join(projects, r => r.ProjectId, p => p.Id, (r, p) => new Row(nameof(Rating), r.Id, "Your rating", p.Name, p.DeletedAt != null, r.DeletedAt!.Value, p.ArchivedAt == null)),
        ];
        if (user.IsAdmin)
        {
            queries.Add(db.Webhooks.IgnoreQueryFilters().Where(w => w.DeletedAt >= since).OrderByDescending(w => w.DeletedAt).Take(Most)
                .Select(w => new Row(nameof(Webhook), w.Id, w.Name, null, false, w.DeletedAt!.Value, true)));
        }

        List<Row> rows = [];
        foreach (var query in queries)
        {
            rows.AddRange(await query.ToListAsync(cancel));
        }

        rows = [.. rows.Where(r => kind is null || r.Kind == kind).OrderByDescending(r => r.DeletedAt)];
        var by = await ByAsync(db, since, cancel);
        return [.. rows.Select(r => new TrashRow(r.Kind, r.Id, r.Name, r.Parent, r.IsParentGone, r.DeletedAt, by.GetValueOrDefault((r.Kind, r.Id)), r.IsOpen && !r.IsParentGone))];
    }

    private static async Task<Dictionary<(string, int), string>> ByAsync(CrmDb db, DateTime since, CancellationToken cancel)
    {
        var told = await db.Changes.Where(c => c.At >= since && c.Field == nameof(Project.DeletedAt) && c.To != null && c.Person != null)
            .OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(6 * Most)
            .Select(c => new { c.Kind, c.RecordId, c.Person!.Name }).ToListAsync(cancel);
        return told.DistinctBy(c => (c.Kind, c.RecordId)).ToDictionary(c => (c.Kind, c.RecordId), c => c.Name);
    }

    private sealed record Row(string Kind, int Id, string Name, string? Parent, bool IsParentGone, DateTime DeletedAt, bool IsOpen);
}
