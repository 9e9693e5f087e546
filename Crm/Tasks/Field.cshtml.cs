using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>Edits one field of a task in place.</summary>
[Cacheable]
[Needs(Right.SeeTask, ToWrite = Right.EditTask)]
public sealed class FieldModel(CrmDb db, CurrentUser user, Clock clock) : FieldPage<ProjectTask>(db, clock)
{
    private readonly CrmDb _db = db;
    private readonly Clock _clock = clock;

    protected override IReadOnlyList<Field<ProjectTask>> Fields => TaskFields.All;

    protected override Task<ProjectTask?> FindAsync(int id, CancellationToken cancel) =>
        _db.Tasks.VisibleTo(user).Include(t => t.Project).Include(t => t.Assignee).FirstOrDefaultAsync(t => t.Id == id, cancel);

    protected override bool CanEdit(ProjectTask record) => record.CanBeEditedBy(user);

    protected override string PageOf(ProjectTask record) => $"/tasks/{record.Id}";

    /// <summary>In another status the task gets a place.</summary>
    protected override Task BeforeSaveAsync(ProjectTask record, CancellationToken cancel) =>
        _db.Entry(record).Property(t => t.Status).IsModified ? _db.PlaceAsync(record, _clock.Now, cancel) : Task.CompletedTask;
}
