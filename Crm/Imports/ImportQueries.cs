using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports;

/// <summary>The questions that are asked of imports.</summary>
public static class ImportQueries
{
    /// <summary>The team sees every import but those of projects that are not theirs to see; whoever brought a file in sees that one.</summary>
    public static IQueryable<ImportJob> VisibleTo(this IQueryable<ImportJob> jobs, CrmDb db, CurrentUser user)
    {
        var seen = db.Projects.IgnoreQueryFilters().VisibleTo(user);
        return jobs.Where(j => user.IsTeam && (j.ProjectId == null || j.StartedById == user.Id || seen.Any(p => p.Id == j.ProjectId)));
    }
}
