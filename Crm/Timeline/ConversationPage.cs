using Crm.Accounts;
using Crm.Data;
using Crm.Tasks;
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

    /// <param name="reply">The entry that the composer shall answer; with htmx, the composer alone comes back.</param>
    public async Task<IActionResult> OnGetAsync(int id, int? before, int? reply, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } place)
        {
            return NotFound();
        }

        var form = CommentForm.New(place, await db.Interactions.FindAnsweredAsync(place, reply, cancel));
        if (WantsFragment && reply is not null)
        {
            return place.CanWrite ? Fragment("/Timeline/_CommentForm.cshtml", form) : NotAllowed();
        }

        Conversation = await Conversation.LoadAsync(db, place, user, clock, cancel, before) with { Form = form };
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

        var answered = await db.Interactions.FindAnsweredAsync(place, Input.Reply, cancel);
        if (FirstError is { } error)
        {
            return await RefuseAsync(place, answered, error, cancel);
        }

        if (Input.Reply > 0 && answered is null)
        {
            return await RefuseAsync(place, null, ThreadPlace.NothingToAnswer, cancel);
        }

        var comment = place.Write(Typed.Prose(Input.Body), TaskWords.ParseAudience(Input.Audience), answered, user, clock.Now);
        db.Interactions.Add(comment);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return WantsFragment ? await PostedAsync(place, comment, answered, cancel) : LocalRedirect($"{place.Url}#comment-{comment.Id}");
    }

    private async Task<IActionResult> PostedAsync(ThreadPlace place, Interaction comment, Interaction? answered, CancellationToken cancel)
    {
        var total = await db.Interactions.In(place).CountAsync(i => i.DeletedAt == null, cancel);
        var entry = Entry.JustWritten(comment, place, answered, user, total);
        Announce("Comment posted");
        return Fragment("/Timeline/_Posted.cshtml", new Posted(entry, CommentForm.New(place)));
    }

    private async Task<IActionResult> RefuseAsync(ThreadPlace place, Interaction? answered, string error, CancellationToken cancel)
    {
        var form = CommentForm.New(place, answered) with { Body = Input.Body ?? "", Audience = place.AudienceOf(TaskWords.ParseAudience(Input.Audience)), Error = error };
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
