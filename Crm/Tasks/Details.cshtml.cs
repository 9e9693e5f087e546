using Crm.Accounts;
using Crm.Data;
using Crm.Tasks.Checklists;
using Crm.Timeline;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>The page of one task.</summary>
[Cacheable]
[Needs(Right.SeeTask)]
public sealed class DetailsModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    public ProjectTask Item { get; private set; } = null!;

    public bool CanEdit { get; private set; }

    public string Creator { get; private set; } = "";

    public IReadOnlyList<ChecklistView> Checklists { get; private set; } = [];

    public TaskMembers Members { get; private set; } = null!;

    public Conversation Conversation { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        var task = await db.Tasks.AsNoTracking().VisibleTo(user)
            .Include(t => t.Project).Include(t => t.Assignee)
            .FirstOrDefaultAsync(t => t.Id == id, cancel);
        if (task is null)
        {
            return NotFound();
        }

        (Item, CanEdit) = (task, task.CanBeEditedBy(user));
        Creator = await db.People.Where(p => p.Id == task.CreatedById).Select(p => p.Name).FirstAsync(cancel);
        Checklists = await ChecklistView.LoadAsync(db.Checklists.Where(c => c.TaskId == id), CanEdit, cancel);
        Members = await TaskMembers.LoadAsync(db, task, CanEdit, cancel);
        Conversation = await Conversation.LoadAsync(db, ThreadPlace.Of(task, user), user, clock, cancel);
        return Page();
    }
}
