using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks.Checklists;

/// <summary>Adds an item at the end of a checklist.</summary>
[Needs(Right.EditTask)]
public sealed class AddItemModel(CrmDb db, CurrentUser user) : CrmPage
{
    private static readonly LineAttribute Rule = new(ChecklistItem.TextLength) { Required = true };

    public Checklist List { get; private set; } = null!;

    public NewItem New { get; private set; } = null!;

    [Needs(Right.SeeLists)]
    public IActionResult OnGet(int id) => LocalRedirect("/tasks");

    public async Task<IActionResult> OnPostAsync(int id, string? text, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var checklist = await db.Checklists.VisibleTo(user).Include(c => c.Task.Project).Include(c => c.Items).FirstOrDefaultAsync(c => c.Id == id, cancel);
        if (checklist is null)
        {
            return NotFound();
        }

        if (!checklist.Task.CanBeEditedBy(user))
        {
            return NotAllowed();
        }

        (List, New) = (checklist, new NewItem(id, text ?? "", Rule.Check(text, "Item"), HasFocus: true));
        if (New.Error is not null)
        {
            return Mistaken();
        }

        var item = checklist.Add(Typed.Line(text));
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Announce($"Added “{item.Text}”");
        return WantsFragment
            ? Fragment("/Tasks/Checklists/_ItemChanged.cshtml", new ItemAdded(new ChecklistView(checklist, CanEdit: true), item))
            : LocalRedirect($"/tasks/{checklist.TaskId}?add={id}");
    }

    private IActionResult Mistaken()
    {
        if (!WantsFragment)
        {
            return Invalid();
        }

        Response.Htmx(htmx => htmx.Retarget("#" + New.ElementId).Reswap("outerHTML"));
        return InvalidFragment("/Tasks/Checklists/_AddItem.cshtml", New);
    }
}
