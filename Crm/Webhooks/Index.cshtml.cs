using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>All webhooks and how their receivers do.</summary>
[Cacheable]
[Needs(Right.RunWorkspace)]
public sealed class IndexModel(CrmDb db) : CrmPage
{
    public IReadOnlyList<WebhookRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Rows = await db.Rows().ToListAsync(cancel);
}
