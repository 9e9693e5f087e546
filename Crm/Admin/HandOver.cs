using Crm.Accounts;
using Crm.Data;
using Crm.Imports;
using Crm.Projects;
using Crm.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>What somebody answers for, and so what somebody else can take over. Archived and deleted records count: they may come back.</summary>
public sealed record Duties(int Projects, int Tasks, int Imports)
{
    public bool Any => Projects + Tasks + Imports > 0;

    public static async Task<Duties> CountAsync(CrmDb db, int personId, CancellationToken cancel) => new(
        await db.Projects.OwnedBy(personId).CountAsync(cancel),
        await db.Tasks.OpenFor(personId).CountAsync(cancel),
        await db.Imports.WaitingFor(personId).CountAsync(cancel));
}

/// <summary>Gives one person's work to another, each record with its row of history. The caller holds the write transaction.</summary>
public sealed class HandOver(CrmDb db)
{
    public async Task RunAsync(int fromId, int toId, CancellationToken cancel)
    {
        var tasks = await db.Tasks.OpenFor(fromId).Include(t => t.Members).ToListAsync(cancel);
        foreach (var task in tasks)
        {
            task.AssignTo(toId);
            task.Remove(toId);
        }

        // In a private project, whoever takes a task over has to see it.
        var at = tasks.Select(t => t.ProjectId).ToHashSet();
        var closed = await db.Projects.IgnoreQueryFilters().Include(p => p.Members)
            .Where(p => p.Visibility == ProjectVisibility.Private && p.Members.Any(m => m.PersonId == fromId)).ToListAsync(cancel);
        foreach (var project in closed.Where(p => at.Contains(p.Id)))
        {
            project.Add(toId);
        }

        foreach (var project in await db.Projects.OwnedBy(fromId).Include(p => p.Members).ToListAsync(cancel))
        {
            project.HandTo(toId);
        }

        foreach (var import in await db.Imports.WaitingFor(fromId).ToListAsync(cancel))
        {
            import.HandTo(toId);
        }

        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>What somebody answers for, in the database's words.</summary>
internal static class DutyQueries
{
    public static IQueryable<Project> OwnedBy(this IQueryable<Project> projects, int personId) =>
        projects.IgnoreQueryFilters().Where(p => p.OwnerId == personId);

    public static IQueryable<ProjectTask> OpenFor(this IQueryable<ProjectTask> tasks, int personId) =>
        tasks.IgnoreQueryFilters().Where(t => t.AssigneeId == personId && t.Status != Crm.Tasks.TaskStatus.Done);

    public static IQueryable<ImportJob> WaitingFor(this IQueryable<ImportJob> imports, int personId) =>
        imports.Where(j => j.StartedById == personId && j.State == ImportState.Previewed);
}
