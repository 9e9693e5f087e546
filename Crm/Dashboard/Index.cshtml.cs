using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Data.Demo;
using Crm.Projects;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Dashboard;

/// <summary>The start page: what waits for me, how the projects stand, what happened lately.</summary>
[Needs(Right.SeeLists)]
public sealed class IndexModel(CrmDb db, CurrentUser user, Clock clock, BackupState backups) : CrmPage
{
    private const int MostProjects = 8;

    public Mine? Mine { get; private set; }

    public IReadOnlyList<ProjectRow> Projects { get; private set; } = [];

    public IReadOnlyList<Happening> Lately { get; private set; } = [];

    public bool IsEmpty { get; private set; }

    /// <summary>Said to admins only.</summary>
    public bool NeedsBackup => user.IsAdmin && backups.NeedsCare;

    public bool HasSampleData { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Projects = await RunningProjects().AsRows(user, clock.Today).ToListAsync(cancel);
        Lately = await Dashboard.Lately.LoadAsync(db, user, cancel);
        if (!user.IsTeam)
        {
            return;
        }

        IsEmpty = Projects.Count == 0 && !await db.Projects.VisibleTo(user).AnyAsync(cancel);
        HasSampleData = await SampleData.IsThereAsync(db, cancel);
        Mine = await Mine.LoadAsync(db, user, clock.Today, cancel);
    }

    /// <summary>Those that the person works on come first, then those due next.</summary>
    private IQueryable<Project> RunningProjects() =>
        db.Projects.VisibleTo(user)
            .Where(p => p.ArchivedAt == null && p.Status != ProjectStatus.Completed && p.Status != ProjectStatus.Cancelled)
            .OrderByDescending(p => p.Members.Any(m => m.PersonId == user.Id))
            .ThenBy(p => p.DueOn == null).ThenBy(p => p.DueOn).ThenBy(p => p.Id)
            .Take(MostProjects);
}
