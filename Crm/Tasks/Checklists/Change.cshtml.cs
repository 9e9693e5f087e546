using Crm.Accounts;
using Crm.Data;
using Crm.History;
using Crm.Shared;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks.Checklists;

/// <summary>Deletes a checklist, and takes that back.</summary>
[Needs(Right.EditTask)]
public sealed class ChangeModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    [Needs(Right.SeeLists)]
    public IActionResult OnGet() => LocalRedirect("/tasks");

    public Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel) => ActAsync(
        db.Checklists,
        id,
        c => c.Delete(clock.Now),
        c => new FlashMessage($"Deleted the checklist “{c.Name}”.", $"/checklists/{id}/restore"),
        cancel);

    public Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancel) => ActAsync(
        db.Checklists.IgnoreQueryFilters(), id, c => c.Restore(), c => new FlashMessage($"The checklist “{c.Name}” is there again.", null), cancel);

    private async Task<IActionResult> ActAsync(
        IQueryable<Checklist> among, int id, Action<Checklist> act, Func<Checklist, FlashMessage> words, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await among.VisibleTo(user).Include(c => c.Task.Project).FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } checklist)
        {
            return await GoneAsync<Checklist>(db, id, cancel);
        }

        if (!checklist.Task.CanBeEditedBy(user))
        {
            return NotAllowed();
        }

        if (Trash.IsOver(checklist.DeletedAt, clock.Now))
        {
            return Refuse(StatusCodes.Status410Gone, Trash.TooLate(checklist.Name));
        }

        act(checklist);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        var message = words(checklist);
        if (WantsFragment)
        {
            return Fragment("/Tasks/_Message.cshtml", message);
        }

        Say(message.Words, message.UndoUrl);
        return LocalRedirect($"/tasks/{checklist.TaskId}");
    }
}
