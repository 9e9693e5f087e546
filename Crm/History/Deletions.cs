using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>Says what became of a record that is looked for and was deleted meanwhile, to whoever could see it.</summary>
public sealed class Deletions(CrmDb db, CurrentUser user, Clock clock)
{
    /// <returns>Null when there never was one that this reader may know of.</returns>
    public async Task<string?> SayAsync(string kind, int id, CancellationToken cancel)
    {
        if (await new Restorables(db, user, clock).FindAsync(kind, id, nameof(Project.DeletedAt), null, cancel) is not { } record)
        {
            return null;
        }

        var by = await db.Changes.Where(c => c.Kind == kind && c.RecordId == id && c.Field == nameof(Project.DeletedAt) && c.To != null)
            .OrderByDescending(c => c.Id).Select(c => new { Who = c.Person == null ? "Somebody" : c.Person.Name, c.At }).FirstOrDefaultAsync(cancel);
        return record switch
        {
            { Current: null, Obstacle: null } => null,
            { Current: null } => $"“{record.Name}” is gone with what it belonged to, which was deleted. Look under Recently deleted.",
            _ when by is null => $"“{record.Name}” was deleted. Look under Recently deleted.",
            _ => $"{by.Who} deleted “{record.Name}” {clock.Ago(by.At)}. Nothing was changed. It can be restored under Recently deleted.",
        };
    }
}
