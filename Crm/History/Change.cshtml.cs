using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Projects;
using Crm.Timeline;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>One change: what it replaced, what stands there now, and the button that puts the former value back.</summary>
[Cacheable]
[Needs(Right.TeamWork)]
public sealed class ChangeModel(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : CrmPage
{
    private const int Excerpt = 4_000;

    private FoundChange _found = null!;
    private ChangeWords _words = null!;

    private Change Change => _found.Change;

    public HistoryRow Row { get; private set; } = null!;

    /// <summary>Null where nothing can be put back.</summary>
    public Restorable? Target => _found.Target;

    public string? Refusal { get; private set; }

    /// <summary>Where the reader came from.</summary>
    public string? Back { get; private set; }

    public IReadOnlyList<DifferenceLine> Difference => TextDifference.Of(Change.From, Change.To);

    public bool IsThereAlready => _found.IsThereAlready;

    public bool IsChangedSince => _found.IsChangedSince;

    /// <summary>Says what stood there when the reader was asked.</summary>
    public string Seen => _found.Seen;

    public string CurrentShown => Show(Target!.Current);

    public string RestoredShown => Show(Change.From);

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

        if (_found.Doubt(seen) is { } doubt)
        {
            return Answer(doubt.Status, doubt.Words);
        }

        if (await Target.PutBack(Change.From, cancel) is { } refusal)
        {
            return Answer(StatusCodes.Status422UnprocessableEntity, refusal);
        }

        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return await RestoredAsync(cancel);
    }

    private async Task<IActionResult> RestoredAsync(CancellationToken cancel)
    {
        workspace.Forget();
        var latest = await _found.LatestAsync(db, cancel);
        var isBackInTime = Restorable.IsMoment(Change.Field) || ChangeWords.IsProse(Change.Field);
        Say(isBackInTime ? $"Restored “{Target!.Name}”." : $"Restored: the {ChangeWords.LabelOf(Change.Field)} is {RestoredShown} again.", $"/history/{latest}/restore");
        return LocalRedirect(Back ?? (Change is { Field: nameof(Project.DeletedAt), From: not null } ? "/trash" : Target!.Url));
    }

    private PageResult Answer(int status, string words)
    {
        (Refusal, Response.StatusCode) = (words, status);
        return Page();
    }

    private async Task<bool> FindAsync(long id, string? back, CancellationToken cancel)
    {
        Back = LocalAddress.IsLocal(back) ? back : null;
        if (await FoundChange.FindAsync(db, user, clock, id, cancel) is not { } found)
        {
            return false;
        }

        _found = found;
        var change = found.Change;
        var told = new RecordChange(change.At, change.PersonId, change.Person?.Name, change.Via, change.Field, change.From, change.To);
        var names = await HistoryNames.LoadAsync(db, [(change.Kind, change.RecordId)], told.NamesPeople ? [change.From, change.To, Target?.Current] : [], cancel);
        _words = new ChangeWords(clock, names.People);
        Row = new HistoryRow(
            change.Id, change.At, told.Who, told.Via, change.Kind, names.Of(change.Kind, change.RecordId), _words.Of(told), ChangeWords.IsProse(change.Field), Target is not null);
        return true;
    }

    private string Show(string? value) => (Change.Field, value) switch
    {
        (nameof(Project.ArchivedAt), _) => value is null ? "not archived" : "archived",
        (nameof(Project.DeletedAt), _) => value is null ? "there" : "deleted",
        (nameof(Project.Members), _) => value is null ? $"without {_words.Value(Change.Field, Change.From ?? Change.To ?? "")}" : $"with {_words.Value(Change.Field, value)}",
        (_, null or "") => "empty",
        var (field, text) when ChangeWords.IsProse(field) => text.Length > Excerpt ? text[..Excerpt] + "…" : text,
        var (field, text) => _words.Value(field, text),
    };
}
