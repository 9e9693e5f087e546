using Crm.Accounts;
using Crm.Data;
using Crm.History;
using Crm.Shared;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks.Checklists;

/// <summary>Checks off an item of a checklist, deletes it, and takes that back.</summary>
[Needs(Right.EditTask)]
public sealed class ChangeItemModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    [Needs(Right.SeeLists)]
    public IActionResult OnGet() => LocalRedirect("/tasks");

    public Task<IActionResult> OnPostCheckAsync(int id, bool done, CancellationToken cancel) =>
        ActAsync(db.ChecklistItems, id, i => i.Check(done), i => $"{(done ? "Done" : "Open again")}: {i.Text}", undoUrl: null, cancel);

    public Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel) =>
        ActAsync(db.ChecklistItems, id, i => i.Delete(clock.Now), i => $"Deleted “{i.Text}”.", $"/checklist-items/{id}/restore", cancel);

    public Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancel) =>
        ActAsync(db.ChecklistItems.IgnoreQueryFilters(), id, i => i.Restore(), i => $"“{i.Text}” is there again.", undoUrl: null, cancel);

    private async Task<IActionResult> ActAsync(
        IQueryable<ChecklistItem> among, int id, Action<ChecklistItem> act, Func<ChecklistItem, string> words, string? undoUrl, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await among.VisibleTo(user).Include(i => i.Checklist.Task.Project).FirstOrDefaultAsync(i => i.Id == id, cancel) is not { } item)
        {
            return await GoneAsync<ChecklistItem>(db, id, cancel);
        }

        if (!item.Checklist.Task.CanBeEditedBy(user))
        {
            return NotAllowed();
        }

        if (Trash.IsOver(item.DeletedAt, clock.Now))
        {
            return Refuse(StatusCodes.Status410Gone, Trash.TooLate(item.Text));
        }

        act(item);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return WantsFragment ? await ChangedAsync(item, words(item), undoUrl, cancel) : Back(item, words(item), undoUrl);
    }

    private LocalRedirectResult Back(ChecklistItem item, string words, string? undoUrl)
    {
        Say(words, undoUrl);
        return LocalRedirect($"/tasks/{item.Checklist.TaskId}#checklist-item-{item.Id}");
    }

    private async Task<IActionResult> ChangedAsync(ChecklistItem item, string words, string? undoUrl, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        Announce(words);
        var list = (await ChecklistView.LoadAsync(db.Checklists.Where(c => c.Id == item.ChecklistId), canEdit: true, cancel))[0];
        return item.DeletedAt is null
            ? Fragment("/Tasks/Checklists/_ItemChanged.cshtml", new ItemAdded(list, item))
            : Fragment("/Tasks/Checklists/_ItemGone.cshtml", new ItemGone(list, new FlashMessage(words, undoUrl)));
    }
}

/// <summary>What is left to say of a deleted item.</summary>
public sealed record ItemGone(ChecklistView List, FlashMessage Message);
