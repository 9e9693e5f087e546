using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Timeline;

/// <summary>A conversation by itself: reads further back than the record's own page, and takes new entries.</summary>
public abstract class ConversationPage(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    [BindProperty]
    public CommentInput Input { get; set; } = new();

    public Conversation Conversation { get; private set; } = null!;

    protected CrmDb Db => db;

    protected CurrentUser Reader => user;

    /// <returns>Null when there is no such record, or none whose thread this person may read.</returns>
    protected abstract Task<ThreadPlace?> FindAsync(int id, CancellationToken cancel);

    public async Task<IActionResult> OnGetAsync(int id, int? before, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } place)
        {
            return NotFound();
        }

        Conversation = await Conversation.LoadAsync(db, place, user, clock, cancel, before);
        return WantsFragment ? Fragment("/Timeline/_Items.cshtml", Conversation) : Page();
    }

    [Writes]
    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await FindAsync(id, cancel) is not { } place)
        {
            return NotFound();
        }

        if (!place.CanWrite)
        {
            return NotAllowed();
        }

        if (!ModelState.IsValid)
        {
            return await RefuseAsync(place, cancel);
        }

        var comment = Interaction.Comment(place.ProjectId, place.TaskId, user.Id, Typed.Prose(Input.Body), clock.Now);
        db.Interactions.Add(comment);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return WantsFragment ? await PostedAsync(place, comment.Id, cancel) : LocalRedirect($"{place.Url}#comment-{comment.Id}");
    }

    private async Task<IActionResult> PostedAsync(ThreadPlace place, int id, CancellationToken cancel)
    {
        var entry = await db.Interactions.Where(i => i.Id == id).AsEntries(db, place, user).FirstAsync(cancel);
        Announce("Comment posted");
        return Fragment("/Timeline/_Posted.cshtml", new Posted(entry, CommentForm.New(place)));
    }

    private async Task<IActionResult> RefuseAsync(ThreadPlace place, CancellationToken cancel)
    {
        var form = CommentForm.New(place, Input.Body ?? "", FirstError);
        if (WantsFragment)
        {
            return InvalidFragment("/Timeline/_CommentForm.cshtml", form);
        }

        Conversation = await Conversation.LoadAsync(db, place, user, clock, cancel) with { Form = form };
        return Invalid();
    }
}

/// <summary>What the page of a thread needs after a new entry: the entry, the count, and an empty composer.</summary>
public sealed record Posted(Entry Entry, CommentForm Form);
