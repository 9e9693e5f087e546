using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>Adds people to a task and takes them off it.</summary>
[Needs(Right.EditTask)]
public sealed class MembersModel(CrmDb db, CurrentUser user) : CrmPage
{
    public ProjectTask Item { get; private set; } = null!;

    public TaskMembers Members { get; private set; } = null!;

    [Needs(Right.SeeLists)]
    public IActionResult OnGet(int id) => LocalRedirect($"/tasks/{id}");

    public Task<IActionResult> OnPostAsync(int id, int? personId, CancellationToken cancel) =>
        ChangeAsync(id, personId, (task, person) => task.Add(person), cancel);

    public Task<IActionResult> OnPostRemoveAsync(int id, int? personId, CancellationToken cancel) =>
        ChangeAsync(id, personId, (task, person) => task.Remove(person), cancel);

    private async Task<IActionResult> ChangeAsync(int id, int? personId, Action<ProjectTask, int> change, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var task = await db.Tasks.VisibleTo(user).Include(t => t.Project).Include(t => t.Members).FirstOrDefaultAsync(t => t.Id == id, cancel);
        if (task is null)
        {
            return NotFound();
        }

        if (!task.CanBeEditedBy(user))
        {
            return NotAllowed();
        }

        Item = task;
        if (await TaskMembers.MistakeAsync(db, task, personId, cancel) is { } words)
        {
            Members = await TaskMembers.LoadAsync(db, task, canEdit: true, cancel) with { Error = words };
            return WantsFragment ? InvalidFragment("/Tasks/_Members.cshtml", Members) : Invalid();
        }

        change(task, personId!.Value);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Announce("Members saved");
        return WantsFragment
            ? Fragment("/Tasks/_Members.cshtml", await TaskMembers.LoadAsync(db, task, canEdit: true, cancel))
            : LocalRedirect($"/tasks/{id}");
    }
}
