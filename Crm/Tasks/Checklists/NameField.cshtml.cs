using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks.Checklists;

/// <summary>Edits the name of a checklist in place.</summary>
[Cacheable]
[Needs(Right.SeeTask, ToWrite = Right.EditTask)]
public sealed class NameFieldModel(CrmDb db, CurrentUser user, Clock clock) : FieldPage<Checklist>(db, clock)
{
    private readonly CrmDb _db = db;

    protected override IReadOnlyList<Field<Checklist>> Fields { get; } = [ChecklistFields.Name];

    protected override Task<Checklist?> FindAsync(int id, CancellationToken cancel) =>
        _db.Checklists.VisibleTo(user).Include(c => c.Task.Project).FirstOrDefaultAsync(c => c.Id == id, cancel);

    protected override bool CanEdit(Checklist record) => record.Task.CanBeEditedBy(user);

    protected override string PageOf(Checklist record) => $"/tasks/{record.TaskId}";
}
