using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Timeline;

/// <summary>The questions that are asked of what was said.</summary>
public static class InteractionQueries
{
    /// <summary>
    /// What was said in the projects that somebody sees, but for deleted tasks; of it clients see what is client-visible. Each entry asks
    /// for its project and its task, so that the latest are read without all the others; see <see cref="TaskQueries.TasksMatching"/>.
    /// </summary>
    public static IQueryable<Interaction> VisibleTo(this IQueryable<Interaction> interactions, CrmDb db, CurrentUser user)
    {
        var projects = db.Projects.VisibleTo(user);
        var tasks = db.Tasks.ShownTo(user);
        var seen = interactions.Where(i => projects.Any(p => p.Id == i.ProjectId) && (i.TaskId == null || tasks.Any(t => t.Id == i.TaskId)));
        return user.IsTeam ? seen : seen.Where(i => i.Audience == Audience.ClientVisible);
    }

    /// <summary>The entries of a thread that its reader sees.</summary>
    public static IQueryable<Interaction> In(this IQueryable<Interaction> interactions, ThreadPlace place)
    {
        var thread = interactions.Where(i => i.ProjectId == place.ProjectId && i.TaskId == place.TaskId);
        return place.IsForTeam ? thread : thread.Where(i => i.Audience == Audience.ClientVisible);
    }

    /// <summary>An entry that somebody may see, with all that its questions need.</summary>
    public static Task<Interaction?> FindVisibleAsync(this IQueryable<Interaction> interactions, CrmDb db, int id, CurrentUser user, CancellationToken cancel) =>
        interactions.VisibleTo(db, user).Include(i => i.Project).Include(i => i.Task).Include(i => i.Author).Include(i => i.ReplyTo).FirstOrDefaultAsync(i => i.Id == id, cancel);

    /// <summary>The entry of a thread that a new one answers, with its author.</summary>
    /// <param name="reply">Null or 0 for none.</param>
    public static async Task<Interaction?> FindAnsweredAsync(this IQueryable<Interaction> interactions, ThreadPlace place, int? reply, CancellationToken cancel) => reply is null or 0
        ? null
        : await interactions.AsNoTracking().In(place).Where(i => i.Id == reply && i.DeletedAt == null)
            .Include(i => i.Author).Include(i => i.Task).FirstOrDefaultAsync(cancel);

    /// <summary>What the API shows of entries that are not deleted.</summary>
    public static IQueryable<CommentResource> AsResources(this IQueryable<Interaction> interactions, CurrentUser user)
    {
        var isTeam = user.IsTeam;
        return interactions.Select(i => new CommentResource(
            i.Id,
            i.ProjectId,
            i.TaskId,
            new PersonName(i.AuthorId, i.Author.Name),
            i.Author.Role == Role.Client,
            i.Audience,
            i.ReplyTo == null || !(isTeam || i.ReplyTo.Audience == Audience.ClientVisible) ? null : i.ReplyToId,
            i.Body,
            i.CreatedAt,
            i.EditedAt,
            i.Version));
    }

    /// <summary>What a thread shows of an entry; the words of deleted ones stay here.</summary>
    public static IQueryable<Entry> AsEntries(this IQueryable<Interaction> interactions, CrmDb db, ThreadPlace place, CurrentUser user)
    {
        var all = db.Interactions.In(place).Where(other => other.DeletedAt == null);
        return interactions.Select(i => new Entry(
            i.Id,
            i.Author.Name,
            i.Author.Role == Role.Client,
            i.Audience,
            place.OffersAudience,
            i.ReplyTo == null || !(place.IsForTeam || i.ReplyTo.Audience == Audience.ClientVisible)
                ? null
                : new Quote(i.ReplyTo.Id, i.ReplyTo.Author.Name, i.ReplyTo.DeletedAt == null ? i.ReplyTo.Body.Substring(0, Quote.Longest) : null),
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
            place.CanWrite ? place.CommentsUrl : null,
            place.CanWrite && i.AuthorId == user.Id,
            place.CanWrite && (user.IsAdmin || (i.AuthorId == user.Id && (i.DeletedById == null || i.DeletedById == user.Id))),
            place.CanWrite && place.OffersAudience && i.Author.Role != Role.Client
                && (i.ReplyTo == null || i.ReplyTo.DeletedAt != null || i.ReplyTo.Audience != i.Audience),
            all.Count()));
    }
}
