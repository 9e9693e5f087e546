using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Feedback;
using Crm.Imports;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>What a message says of a record: where it stands, and its main fields. At most two queries for all that is saved at once.</summary>
internal sealed class RecordData
{
    private readonly Dictionary<int, (int TaskId, int ProjectId)> _checklists = [];
    private readonly Dictionary<int, int> _tasks = [];

    public RecordData(CrmDb db, IReadOnlyList<object> records)
    {
        var items = records.OfType<ChecklistItem>().Where(i => i.Checklist is null).Select(i => i.ChecklistId).Distinct().ToList();
        if (items.Count > 0)
        {
            _checklists = db.Checklists.IgnoreQueryFilters().Where(c => items.Contains(c.Id)).Select(c => new { c.Id, c.TaskId, c.Task.ProjectId })
                .ToDictionary(c => c.Id, c => (c.TaskId, c.ProjectId));
        }

        var lists = records.OfType<Checklist>().Concat(records.OfType<ChecklistItem>().Select(i => i.Checklist).OfType<Checklist>()).Where(c => c.Task is null);
        var tasks = lists.Select(c => c.TaskId).Distinct().ToList();
        if (tasks.Count > 0)
        {
            _tasks = db.Tasks.IgnoreQueryFilters().Where(t => tasks.Contains(t.Id)).Select(t => new { t.Id, t.ProjectId }).ToDictionary(t => t.Id, t => t.ProjectId);
        }
    }

    /// <returns>Its id, its page, its project, and its fields in the order of the documentation.</returns>
    public (int Id, string Path, int? ProjectId, (string Property, object? Value)[] Fields) Of(object record, bool isDeleted) => record switch
    {
        Project p => (p.Id, $"/projects/{p.Id}", p.Id,
            [
                ("Name", p.Name), ("Description", p.Description), ("Status", p.Status), ("Visibility", p.Visibility), ("OwnerId", p.OwnerId),
                ("StartsOn", p.StartsOn), ("DueOn", p.DueOn), ("CreatedAt", p.CreatedAt), ("ArchivedAt", p.ArchivedAt), ("Version", p.Version),
            ]),
        ProjectTask t => (t.Id, $"/tasks/{t.Id}", t.ProjectId,
            [
                ("Title", t.Title), ("Description", t.Description), ("Status", t.Status), ("Priority", t.Priority), ("Audience", t.Audience), ("AssigneeId", t.AssigneeId),
                ("DueOn", t.DueOn), ("Labels", t.Labels), ("CreatedAt", t.CreatedAt), ("CompletedAt", t.CompletedAt), ("ArchivedAt", t.ArchivedAt), ("Version", t.Version),
            ]),
        Checklist c => (c.Id, $"/tasks/{c.TaskId}", ProjectOf(c), [("TaskId", c.TaskId), ("Name", c.Name), ("Version", c.Version)]),
        ChecklistItem i when PlaceOf(i) is var place => (i.Id, $"/tasks/{place.TaskId}", place.ProjectId,
            [("TaskId", place.TaskId), ("ChecklistId", i.ChecklistId), ("Text", i.Text), ("IsDone", i.IsDone), ("Version", i.Version)]),
        Interaction i => (i.Id, $"/comments/{i.Id}", i.ProjectId,
            [
                ("TaskId", i.TaskId), ("Kind", i.Kind), ("AuthorId", i.AuthorId), ("Audience", i.Audience), ("ReplyToId", i.ReplyToId),
                ("Body", isDeleted ? null : i.Body), ("CreatedAt", i.CreatedAt), ("EditedAt", i.EditedAt), ("Version", i.Version),
            ]),
        Rating r => (r.Id, $"/projects/{r.ProjectId}/ratings", r.ProjectId,
            [("PersonId", r.PersonId), ("Stars", r.Stars), ("Comment", isDeleted ? null : r.Comment), ("CreatedAt", r.CreatedAt), ("UpdatedAt", r.UpdatedAt), ("Version", r.Version)]),
        Person p => (p.Id, $"/people/{p.Id}", null, [("Name", p.Name), ("Email", p.Email), ("Role", p.Role), ("JoinedAt", p.JoinedAt), ("DisabledAt", p.DisabledAt)]),
        Invitation i => (i.Id, "/people/invitations", i.ProjectId,
            [("Email", i.Email), ("Role", i.Role), ("PersonId", i.PersonId), ("InvitedById", i.InvitedById), ("ExpiresAt", i.ExpiresAt), ("AcceptedAt", i.AcceptedAt), ("RevokedAt", i.RevokedAt)]),
        ImportJob j => (j.Id, $"/imports/{j.Id}", j.ProjectId, [("FileName", j.FileName), ("StartedById", j.StartedById), ("State", j.State), ("Total", j.Total), ("Done", j.Done), ("Error", j.Error)]),
        Workspace w => (w.Id, "/settings", null,
            [("Name", w.Name), ("TimeZone", w.TimeZone), ("Registration", w.Registration), ("RequiresSecondFactor", w.RequiresSecondFactor), ("Address", w.Address), ("Version", w.Version)]),
        _ => throw new ArgumentException($"Of a {record.GetType().Name} nothing is told.", nameof(record)),
    };

    private int? ProjectOf(Checklist list) => list.Task?.ProjectId ?? (_tasks.TryGetValue(list.TaskId, out var project) ? project : null);

    private (int TaskId, int? ProjectId) PlaceOf(ChecklistItem item) => item.Checklist is { } list
        ? (list.TaskId, ProjectOf(list))
        : _checklists.TryGetValue(item.ChecklistId, out var place) ? place : (0, null);
}
