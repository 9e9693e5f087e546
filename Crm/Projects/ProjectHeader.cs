using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Projects;

/// <summary>The head that all pages of a project share: what it is and how it stands.</summary>
public sealed record ProjectHeader(Project Project, ProjectRow Figures, bool CanEdit, bool IsForTeam, string Tab)
{
    /// <returns>Null when there is no such project, or none that this person may see.</returns>
    public static async Task<ProjectHeader?> LoadAsync(CrmDb db, int id, CurrentUser user, Clock clock, string tab, CancellationToken cancel)
    {
        var visible = db.Projects.AsNoTracking().VisibleTo(user).Where(p => p.Id == id);
        // In one question, SQLite would put together the members of all projects first.
        var project = await visible.AsSplitQuery().Include(p => p.Owner).Include(p => p.Members.OrderBy(m => m.Person.Name)).ThenInclude(m => m.Person)
            .FirstOrDefaultAsync(cancel);
        return project is null
            ? null
            : new ProjectHeader(project, await visible.AsRows(user, clock.Today).FirstAsync(cancel), project.CanBeEditedBy(user), project.ShowsInsideTo(user), tab);
    }
}
