using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;

namespace Crm.History;

/// <summary>What happened in the whole workspace.</summary>
[Cacheable]
[Needs(Right.RunWorkspace)]
public sealed class WorkspaceHistoryModel(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : HistoryPage(db, user, clock, workspace)
{
    private readonly WorkspaceCache _workspace = workspace;

    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(HistoryScope.OfAll(_workspace.Current), cancel);
}
