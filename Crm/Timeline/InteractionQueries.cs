using Crm.Accounts;
using Crm.Data;

namespace Crm.Timeline;

/// <summary>The questions that are asked of what was said.</summary>
public static class InteractionQueries
{
    /// <summary>The team reads every thread of what is not deleted; clients none.</summary>
    public static IQueryable<Interaction> VisibleTo(this IQueryable<Interaction> interactions, CurrentUser user) =>
        user.IsTeam
            ? interactions.Where(i => i.Project.DeletedAt == null && (i.TaskId == null || i.Task != null))
            : interactions.Where(i => false);

    public static IQueryable<Interaction> In(this IQueryable<Interaction> interactions, ThreadPlace place) =>
        interactions.Where(i => i.ProjectId == place.ProjectId && i.TaskId == place.TaskId);

    /// <summary>What a thread shows of an entry; the words of deleted ones stay here.</summary>
    public static IQueryable<Entry> AsEntries(this IQueryable<Interaction> interactions, CrmDb db, ThreadPlace place, CurrentUser user) =>
        interactions.Select(i => new Entry(
            i.Id,
            i.Author.Name,
            i.Author.Role == Role.Client,
            i.DeletedAt == null ? i.Body : "",
            i.CreatedAt,
            i.EditedAt,
            i.DeletedAt,
            i.DeletedAt == null
                ? null
                : db.Changes
                    .Where(c => c.Kind == nameof(Interaction) && c.RecordId == i.Id && c.Field == nameof(Interaction.DeletedAt))
                    .OrderByDescending(c => c.Version)
                    .Select(c => c.Person!.Name)
                    .FirstOrDefault(),
            place.CanWrite && i.AuthorId == user.Id,
            place.CanWrite && (i.AuthorId == user.Id || user.IsAdmin),
            db.Interactions.Count(other => other.ProjectId == place.ProjectId && other.TaskId == place.TaskId && other.DeletedAt == null)));
}
