using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks.Checklists;

/// <summary>Adds a checklist to a task.</summary>
[Needs(Right.EditTask)]
public sealed class AddModel(CrmDb db, CurrentUser user) : CrmPage
{
    private static readonly LineAttribute Rule = new(Checklist.NameLength) { Required = true };

    public ProjectTask Item { get; private set; } = null!;

    public NewChecklist New { get; private set; } = null!;

    [Needs(Right.SeeLists)]
    public IActionResult OnGet(int id) => LocalRedirect($"/tasks/{id}");

    public async Task<IActionResult> OnPostAsync(int id, string? name, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var task = await db.Tasks.VisibleTo(user).Include(t => t.Project).Include(t => t.Checklists).FirstOrDefaultAsync(t => t.Id == id, cancel);
        if (task is null)
        {
            return NotFound();
        }

        if (!task.CanBeEditedBy(user))
        {
            return NotAllowed();
        }

        (Item, New) = (task, new NewChecklist(id, name ?? "", Rule.Check(name, "Name")));
        if (New.Error is not null)
        {
            return WantsFragment ? InvalidFragment("/Tasks/Checklists/_AddChecklist.cshtml", New) : Invalid();
        }

        var checklist = task.AddChecklist(Typed.Line(name));
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Announce($"Added the checklist “{checklist.Name}”");
        return WantsFragment
            ? Fragment("/Tasks/Checklists/_ChecklistAdded.cshtml", new ChecklistView(checklist, CanEdit: true))
            : LocalRedirect($"/tasks/{id}?add={checklist.Id}");
    }
}
