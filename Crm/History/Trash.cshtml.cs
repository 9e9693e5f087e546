using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;

namespace Crm.History;

/// <summary>What was deleted lately, with the button that brings it back whole.</summary>
[Cacheable]
[Needs(Right.TeamWork)]
public sealed class TrashModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? Kind { get; set; }

    public IReadOnlyList<TrashRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Kind = string.IsNullOrEmpty(Kind) ? null : Kind;
        Rows = await Trash.LoadAsync(db, user, clock.Now, Kind, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var target = await new Restorables(db, user, clock).FindAsync(Kind ?? "", id, nameof(Project.DeletedAt), null, cancel);
        if (target is null)
        {
            return NotFound();
        }

        if (target.IsTooLate)
        {
            return Refuse(StatusCodes.Status410Gone, Trash.TooLate(target.Name));
        }

        if (target.Obstacle is { } obstacle)
        {
            return Refuse(StatusCodes.Status409Conflict, obstacle);
        }

        if (!target.MayChange)
        {
            return NotAllowed();
        }

        if (target.Current is null)
        {
            return Refuse(StatusCodes.Status409Conflict, $"“{target.Name}” is there: somebody restored it already.");
        }

        await target.PutBack(null, cancel);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Say($"“{target.Name}” is there again.");
        return LocalRedirect(target.Url);
    }
}
