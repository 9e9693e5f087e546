using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Projects;
using Crm.Timeline;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>One change: what it replaced, what stands there now, and the button that puts the former value back.</summary>
[Needs(Right.TeamWork)]
public sealed class ChangeModel(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : CrmPage
{
    private const int Excerpt = 4_000;

    private Change _change = null!;
    private ChangeWords _words = null!;

    public HistoryRow Row { get; private set; } = null!;

    /// <summary>Null where nothing can be put back.</summary>
    public Restorable? Target { get; private set; }

    public string? Refusal { get; private set; }

    /// <summary>Where the reader came from.</summary>
    public string? Back { get; private set; }

    public IReadOnlyList<DifferenceLine> Difference => TextDifference.Of(_change.From, _change.To);

    public bool IsThereAlready => Target is not null && Restorable.AreSame(_change.Field, Target.Current, _change.From);

    public bool IsChangedSince => !IsThereAlready && Target is not null && !Restorable.AreSame(_change.Field, Target.Current, _change.To);

    /// <summary>Says what stood there when the reader was asked.</summary>
    public string Seen => Secret.Hash(Target?.Current ?? "");

    public string CurrentShown => Show(Target!.Current);

    public string RestoredShown => Show(_change.From);

    public async Task<IActionResult> OnGetAsync(long id, string? back, CancellationToken cancel) =>
        await FindAsync(id, back, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRestoreAsync(long id, string? back, string? seen, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, back, cancel))
        {
            return NotFound();
        }

        if (Target is null)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, "This cannot be put back.");
        }

        if (!Target.MayChange)
        {
            return NotAllowed();
        }

        if (Doubt(seen) is { } doubt)
        {
            return Answer(doubt.Status, doubt.Words);
        }

        if (await Target.PutBack(_change.From, cancel) is { } refusal)
        {
            return Answer(StatusCodes.Status422UnprocessableEntity, refusal);
        }

        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return await RestoredAsync(cancel);
    }

    /// <summary>Why this needs another word before it is done, or cannot be done.</summary>
    private (int Status, string Words)? Doubt(string? seen) => Target! switch
    {
        { IsTooLate: true } => (StatusCodes.Status410Gone, Trash.TooLate(Target!.Name)),
        { Obstacle: { } obstacle } => (StatusCodes.Status409Conflict, obstacle),
        _ when IsThereAlready => (StatusCodes.Status409Conflict, "It has this value already. Nothing was changed."),
        _ when IsChangedSince && seen != Seen => (StatusCodes.Status409Conflict, "Nothing is restored yet: look at what stands there now."),
        _ => null,
    };

    private async Task<IActionResult> RestoredAsync(CancellationToken cancel)
    {
        workspace.Forget();
        var latest = await db.Changes.Where(c => c.Kind == _change.Kind && c.RecordId == _change.RecordId && c.Field == _change.Field)
            .OrderByDescending(c => c.Id).Select(c => c.Id).FirstAsync(cancel);
        var isBackInTime = Restorable.IsMoment(_change.Field) || ChangeWords.IsProse(_change.Field);
        Say(isBackInTime ? $"Restored “{Target!.Name}”." : $"Restored: the {ChangeWords.LabelOf(_change.Field)} is {RestoredShown} again.", $"/history/{latest}/restore");
        return LocalRedirect(Back ?? (_change is { Field: nameof(Project.DeletedAt), From: not null } ? "/trash" : Target!.Url));
    }

    private PageResult Answer(int status, string words)
    {
        (Refusal, Response.StatusCode) = (words, status);
        return Page();
    }

    private async Task<bool> FindAsync(long id, string? back, CancellationToken cancel)
    {
        Back = LocalAddress.IsLocal(back) ? back : null;
        var change = await db.Changes.AsNoTracking().Include(c => c.Person).FirstOrDefaultAsync(c => c.Id == id, cancel);
        if (change is null || !await IsVisibleAsync(change, cancel))
        {
            return false;
        }

        _change = change;
        var told = new RecordChange(change.At, change.PersonId, change.Person?.Name, change.Via, change.Field, change.From, change.To);
        var person = change.From ?? change.To;
        Target = await new Restorables(db, user, clock).FindAsync(change.Kind, change.RecordId, change.Field, person, cancel);
        var names = await HistoryNames.LoadAsync(db, [(change.Kind, change.RecordId)], told.NamesPeople ? [change.From, change.To, Target?.Current] : [], cancel);
        _words = new ChangeWords(clock, names.People);
        Row = new HistoryRow(
            change.Id, change.At, told.Who, told.Via, change.Kind, names.Of(change.Kind, change.RecordId), _words.Of(told), ChangeWords.IsProse(change.Field), Target is not null);
        return true;
    }

    /// <summary>Changes of a project's records for whoever of the team sees the project; all else for admins.</summary>
    private Task<bool> IsVisibleAsync(Change change, CancellationToken cancel) =>
        change.ProjectId is { } project && user.IsTeam
            ? db.Projects.IgnoreQueryFilters().VisibleTo(user).AnyAsync(p => p.Id == project, cancel)
            : Task.FromResult(user.IsAdmin);

    private string Show(string? value) => (_change.Field, value) switch
    {
        (nameof(Project.ArchivedAt), _) => value is null ? "not archived" : "archived",
        (nameof(Project.DeletedAt), _) => value is null ? "there" : "deleted",
        (nameof(Project.Members), _) => value is null ? $"without {_words.Value(_change.Field, _change.From ?? _change.To ?? "")}" : $"with {_words.Value(_change.Field, value)}",
        (_, null or "") => "empty",
        var (field, text) when ChangeWords.IsProse(field) => text.Length > Excerpt ? text[..Excerpt] + "…" : text,
        var (field, text) => _words.Value(field, text),
    };
}
