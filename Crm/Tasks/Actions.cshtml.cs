using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Tasks;

/// <summary>All that can be done with a task as a whole: the menu of its row, or the same as a page.</summary>
[Needs(Right.EditTask)]
public sealed class ActionsModel(CrmDb db, CurrentUser user, Clock clock) : TaskPage(db, user, clock)
{
    public ProjectTask Item { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } task)
        {
            return NotFound();
        }

        if (!task.CanBeEditedBy(Person))
        {
            return NotAllowed();
        }

        Item = task;
        return Page();
    }

    /// <summary>Where a button posts to, so that the answer suits the place that the menu stands in.</summary>
    public string UrlOf(string action, string? query = null) =>
        $"/tasks/{Item.Id}/{action}?on={On.ToString().ToLowerInvariant()}&version={Item.Version}{(query is null ? "" : "&" + query)}";
}
