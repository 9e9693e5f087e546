using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.History;

/// <summary>What happened to some records: the one page that all histories are.</summary>
public abstract class HistoryPage(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : CrmPage
{
    [BindProperty(SupportsGet = true)]
    public HistoryFilter Filter { get; set; } = new();

    public HistoryList History { get; private set; } = null!;

    protected CrmDb Db => db;

    protected CurrentUser Reader => user;

    protected async Task<IActionResult> ShowAsync(HistoryScope scope, CancellationToken cancel)
    {
        History = await HistoryList.LoadAsync(db, scope, Filter, workspace.Current, clock, cancel);
        return Page();
    }
}
