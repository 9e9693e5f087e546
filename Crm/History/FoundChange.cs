using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Timeline;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>One change that its reader may see, with what it takes to put back the value that it replaced.</summary>
/// <param name="Target">Null where nothing can be put back.</param>
public sealed record FoundChange(Change Change, Restorable? Target)
{
    public bool IsThereAlready => Target is not null && Restorable.AreSame(Change.Field, Target.Current, Change.From);

    public bool IsChangedSince => !IsThereAlready && Target is not null && !Restorable.AreSame(Change.Field, Target.Current, Change.To);

    /// <summary>Says what stood there when the reader was asked.</summary>
    public string Seen => Secret.Hash(Target?.Current ?? "");

    /// <returns>Null when there is none, or none that the reader may see.</returns>
    public static async Task<FoundChange?> FindAsync(CrmDb db, CurrentUser user, Clock clock, long id, CancellationToken cancel)
    {
        var change = await db.Changes.AsNoTracking().Include(c => c.Person).FirstOrDefaultAsync(c => c.Id == id, cancel);
        return change is null || !await IsVisibleAsync(db, user, change, cancel)
            ? null
            : new FoundChange(change, await new Restorables(db, user, clock).FindAsync(change.Kind, change.RecordId, change.Field, change.From ?? change.To, cancel));
    }

    /// <summary>Why this needs another word before it is done, or cannot be done.</summary>
    /// <param name="seen">As <see cref="Seen"/> told the reader; null for one who did not look.</param>
    public (int Status, string Words)? Doubt(string? seen) => Target! switch
    {
        { IsTooLate: true } => (StatusCodes.Status410Gone, Trash.TooLate(Target!.Name)),
        { Obstacle: { } obstacle } => (StatusCodes.Status409Conflict, obstacle),
        _ when IsThereAlready => (StatusCodes.Status409Conflict, "It has this value already. Nothing was changed."),
        _ when IsChangedSince && seen != Seen => (StatusCodes.Status409Conflict, "Nothing is restored yet: look at what stands there now."),
        _ => null,
    };

    /// <summary>The newest change of the same field.</summary>
    public Task<long> LatestAsync(CrmDb db, CancellationToken cancel) =>
        db.Changes.Where(c => c.Kind == Change.Kind && c.RecordId == Change.RecordId && c.Field == Change.Field)
            .OrderByDescending(c => c.Id).Select(c => c.Id).FirstAsync(cancel);

    /// <summary>Changes of a project's records for whoever of the team sees the project; all else for admins.</summary>
    private static Task<bool> IsVisibleAsync(CrmDb db, CurrentUser user, Change change, CancellationToken cancel) =>
        change.ProjectId is { } project && user.IsTeam
            ? db.Projects.IgnoreQueryFilters().VisibleTo(user).AnyAsync(p => p.Id == project, cancel)
            : Task.FromResult(user.IsAdmin);
}
