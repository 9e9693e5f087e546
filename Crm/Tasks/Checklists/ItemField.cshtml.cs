using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks.Checklists;

/// <summary>Edits the text of a checklist's item in place.</summary>
[Cacheable]
[Needs(Right.SeeTask, ToWrite = Right.EditTask)]
public sealed class ItemFieldModel(CrmDb db, CurrentUser user, Clock clock) : FieldPage<ChecklistItem>(db, clock)
{
    private readonly CrmDb _db = db;

    protected override IReadOnlyList<Field<ChecklistItem>> Fields { get; } = [ChecklistFields.Text];

    protected override Task<ChecklistItem?> FindAsync(int id, CancellationToken cancel) =>
        _db.ChecklistItems.VisibleTo(user).Include(i => i.Checklist.Task.Project).FirstOrDefaultAsync(i => i.Id == id, cancel);

    protected override bool CanEdit(ChecklistItem record) => record.Checklist.Task.CanBeEditedBy(user);

    protected override string PageOf(ChecklistItem record) => $"/tasks/{record.Checklist.TaskId}";
}
