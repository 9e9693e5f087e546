using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Data.Demo;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace Crm.Dashboard;

/// <summary>The start page: what waits for me, how the projects stand, what happened lately.</summary>
[Cacheable]
[Needs(Right.SeeLists)]
public sealed class IndexModel(CrmDb db, CurrentUser user, Clock clock, BackupState backups) : CrmPage
{
    public Mine? Mine { get; private set; }

    public IReadOnlyList<ProjectRow> Projects { get; private set; } = [];

    public IReadOnlyList<Happening> Lately { get; private set; } = [];

    public bool IsEmpty { get; private set; }

    /// <summary>Said to admins only.</summary>
    public bool NeedsBackup => user.IsAdmin && backups.NeedsCare;

    public bool HasSampleData { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Projects = await db.RunningProjects(user).AsRows(user, clock.Today).ToListAsync(cancel);
        Lately = await Dashboard.Lately.LoadAsync(db, user, cancel);
        if (!user.IsTeam)
        {
            return;
        }

        IsEmpty = Projects.Count == 0 && !await db.Projects.VisibleTo(user).AnyAsync(cancel);
        HasSampleData = await SampleData.IsThereAsync(db, cancel);
        Mine = await Mine.LoadAsync(db, user, clock.Today, cancel);
    }
}
