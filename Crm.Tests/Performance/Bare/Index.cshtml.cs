using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Performance.Bare;

public sealed class IndexModel(BareDb db) : PageModel
{
    public IReadOnlyList<BareTask> Tasks { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Tasks = await db.Tasks.AsNoTracking().OrderBy(t => t.Id).Take(50).ToListAsync(cancel);
}
