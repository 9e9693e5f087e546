using Crm.Accounts;
using Crm.Data;
using Crm.History;
using Crm.Tasks;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Timeline;

/// <summary>One entry of a thread: leads to its place there, and lets it be edited, deleted and brought back.</summary>
[Needs(Right.SeeComment)]
public sealed class CommentModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    private Interaction _comment = null!;

    [BindProperty]
    public CommentInput Input { get; set; } = new();

    public ThreadPlace Place { get; private set; } = null!;

    public EntryForm Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        return WantsFragment ? Fragment("/Timeline/_Entry.cshtml", await EntryAsync(cancel)) : LocalRedirect(await PlaceUrlAsync(cancel));
    }

    [Needs(Right.EditComment)]
    public async Task<IActionResult> OnGetEditAsync(int id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        return _comment.CanBeEditedBy(user) ? await FormAsync(CommentForm.Edit(_comment, _comment.Body), cancel) : NotAllowed();
    }

    [Needs(Right.EditComment)]
    public async Task<IActionResult> OnPostEditAsync(int id, int version, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        if (!_comment.CanBeEditedBy(user))
        {
            return NotAllowed();
        }

        var form = CommentForm.Edit(_comment, Input.Body ?? "");
        if (FirstError is { } error)
        {
            return await FormAsync(form with { Error = error }, cancel, StatusCodes.Status422UnprocessableEntity);
        }

        if (version != _comment.Version && _comment.Body != Typed.Prose(Input.Body))
        {
            return await FormAsync(form with { Theirs = _comment.Body }, cancel, StatusCodes.Status409Conflict);
        }

        return await SaveAsync(write, c => c.Reword(Typed.Prose(Input.Body), clock.Now), "Comment saved", cancel);
    }

    [Needs(Right.ShareComment)]
    public async Task<IActionResult> OnPostAudienceAsync(int id, string? audience, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        if (!_comment.CanBeSharedBy(user))
        {
            return NotAllowed();
        }

        return CommentFields.ShowTo(_comment, TaskWords.ParseAudience(audience)) is { } words
            ? Decline(words)
            : await SaveAsync(write, _ => { }, "Who sees the comment is changed", cancel);
    }

    [Needs(Right.DeleteComment)]
    public Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel) =>
        ActAsync(id, c => c.CanBeDeletedBy(user), c => c.Delete(user.Id, clock.Now), "Comment deleted. An undo stands in its place.", cancel);

    [Needs(Right.RestoreComment)]
    public Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancel) =>
        ActAsync(id, c => c.CanBeRestoredBy(user), c => c.Restore(), "Comment restored", cancel);

    private async Task<IActionResult> ActAsync(int id, Func<Interaction, bool> may, Action<Interaction> act, string words, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        if (Trash.IsOver(_comment.DeletedAt, clock.Now))
        {
            return Refuse(StatusCodes.Status410Gone, Trash.TooLate("The comment"));
        }

        return may(_comment) ? await SaveAsync(write, act, words, cancel) : NotAllowed();
    }

    private async Task<IActionResult> SaveAsync(
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction write, Action<Interaction> act, string words, CancellationToken cancel)
    {
        act(_comment);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        if (!WantsFragment)
        {
            return LocalRedirect(await PlaceUrlAsync(cancel));
        }

        Announce(words);
        return Fragment("/Timeline/_Changed.cshtml", await EntryAsync(cancel));
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        if (await db.Interactions.FindVisibleAsync(db, id, user, cancel) is not { } found)
        {
            return false;
        }

        _comment = found;
        Place = found.Task is { } task ? ThreadPlace.Of(task, user) : ThreadPlace.Of(found.Project, user);
        return true;
    }

    private async Task<IActionResult> FormAsync(CommentForm form, CancellationToken cancel, int status = StatusCodes.Status200OK)
    {
        Form = new EntryForm(await EntryAsync(cancel), form);
        Response.StatusCode = status;
        return WantsFragment ? Fragment("/Timeline/_EntryForm.cshtml", Form) : Page();
    }

    private Task<Entry> EntryAsync(CancellationToken cancel) =>
        db.Interactions.Where(i => i.Id == _comment.Id).AsEntries(db, Place, user).FirstAsync(cancel);

    /// <summary>Its place on the record's page, or on the stretch of the thread that ends with it.</summary>
    private async Task<string> PlaceUrlAsync(CancellationToken cancel)
    {
        var newer = await db.Interactions.In(Place)
            .Where(i => i.CreatedAt > _comment.CreatedAt || (i.CreatedAt == _comment.CreatedAt && i.Id > _comment.Id))
            .OrderBy(i => i.CreatedAt).ThenBy(i => i.Id).Select(i => i.Id).Take(Conversation.PageSize).ToListAsync(cancel);
        var page = newer.Count < Conversation.PageSize ? Place.Url : $"{Place.CommentsUrl}?before={newer[0]}";
        return $"{page}#comment-{_comment.Id}";
    }
}
