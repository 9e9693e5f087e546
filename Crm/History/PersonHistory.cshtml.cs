using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>What happened to an account.</summary>
[Cacheable]
[Needs(Right.RunWorkspace)]
public sealed class PersonHistoryModel(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : HistoryPage(db, user, clock, workspace)
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel) =>
        await Db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancel) is { } person
            ? await ShowAsync(HistoryScope.Of(person), cancel)
            : NotFound();
}
