using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace Crm.Projects;

/// <summary>Edits one field of a project in place.</summary>
[Cacheable]
[Needs(Right.SeeProject, ToWrite = Right.EditProject)]
public sealed class FieldModel(CrmDb db, CurrentUser user, Clock clock) : FieldPage<Project>(db, clock)
{
    private readonly CrmDb _db = db;

    protected override IReadOnlyList<Field<Project>> Fields => ProjectFields.All;

    protected override Task<Project?> FindAsync(int id, CancellationToken cancel) =>
        _db.Projects.VisibleTo(user).Include(p => p.Owner).Include(p => p.Members).FirstOrDefaultAsync(p => p.Id == id, cancel);

    protected override bool CanEdit(Project record) => record.CanBeEditedBy(user);

    protected override string PageOf(Project record) => $"/projects/{record.Id}";

    protected override Task BeforeSaveAsync(Project record, CancellationToken cancel)
    {
        record.ShowTo(record.Visibility, user);
        return Task.CompletedTask;
    }
}
