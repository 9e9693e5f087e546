using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Tasks;

/// <summary>The tasks of a project as cards in four columns.</summary>
[Cacheable]
[Needs(Right.SeeProject)]
public sealed class BoardModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    public ProjectHeader Header { get; private set; } = null!;

    public TaskList Tasks { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await ProjectHeader.LoadAsync(db, id, user, clock, "board", cancel) is not { } header)
        {
            return NotFound();
        }

        Header = header;
        Tasks = await TaskList.LoadAsync(db, header.Project, user, Surface.Board, cancel);
        return Page();
    }
}
