using Crm.Accounts;
using Crm.Admin;
using Crm.Projects;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Demo;

/// <summary>
/// A small demonstration inside a real workspace, to look around in. All of it carries import keys that begin with
/// <c>demo:</c>; its people cannot sign in.
/// </summary>
public static class SampleData
{
    private const string Mark = "demo:";
    private const string AfterMark = "demo;";

    /// <summary>One look into an index.</summary>
    public static Task<bool> IsThereAsync(CrmDb db, CancellationToken cancel = default) => Projects(db).AnyAsync(cancel);

    /// <summary>Fills the workspace, unless the sample data is there already. Runs in the caller's transaction.</summary>
    /// <param name="owner">Takes the first part in it, so that the start page has something to show as theirs.</param>
    /// <returns>False if it was there.</returns>
    public static async Task<bool> FillAsync(CrmDb db, int owner, DateTime now, CancellationToken cancel = default)
    {
        if (await IsThereAsync(db, cancel))
        {
            return false;
        }

        var studio = Studio.Read();
        var people = await PeopleAsync(db, studio, owner, now, cancel);
        var workspace = await db.Workspaces.AsNoTracking().SingleOrDefaultAsync(cancel) ?? Workspace.SetUp(studio.Workspace, "UTC", now);
        await new StudioFill(db, people, workspace, now, Mark).FillAsync(studio, cancel);
        return true;
    }

    /// <summary>
    /// Takes it all out again, with whatever people wrote in those projects. Its people go too, but for those who have become
    /// part of real work: they stay, disabled, so that what they did keeps its name. Runs in the caller's transaction.
    /// </summary>
    public static async Task RemoveAsync(CrmDb db, DateTime now, CancellationToken cancel = default)
    {
        var projects = Projects(db).Select(p => p.Id);
        await RemoveHistoryAsync(db, projects, cancel);
        // What was a demonstration goes with its history: past the recorder, without a trace.
        await db.Interactions.Where(i => projects.Contains(i.ProjectId)).ExecuteDeleteAsync(cancel);
        await db.Ratings.IgnoreQueryFilters().Where(r => projects.Contains(r.ProjectId)).ExecuteDeleteAsync(cancel);
        await db.Tasks.IgnoreQueryFilters().Where(t => projects.Contains(t.ProjectId)).ExecuteDeleteAsync(cancel);
        await Projects(db).ExecuteDeleteAsync(cancel);
        await SamplePeople.RemoveAsync(db, Mark, AfterMark, now, cancel);
    }

    private static IQueryable<Project> Projects(CrmDb db) => db.Projects.IgnoreQueryFilters()
        .Where(p => string.Compare(p.ImportKey, Mark) > 0 && string.Compare(p.ImportKey, AfterMark) < 0);

    private static async Task RemoveHistoryAsync(CrmDb db, IQueryable<int> projects, CancellationToken cancel)
    {
        // Not every row of history names its project.
        var tasks = db.Tasks.IgnoreQueryFilters().Where(t => projects.Contains(t.ProjectId)).Select(t => t.Id);
        var checklists = db.Checklists.IgnoreQueryFilters().Where(c => tasks.Contains(c.TaskId)).Select(c => c.Id);
        var items = db.ChecklistItems.IgnoreQueryFilters().Where(i => checklists.Contains(i.ChecklistId)).Select(i => i.Id);
        await db.Changes.Where(c => projects.Contains(c.ProjectId!.Value)).ExecuteDeleteAsync(cancel);
        await db.Changes.Where(c => c.Kind == nameof(Tasks.ProjectTask) && tasks.Contains(c.RecordId)).ExecuteDeleteAsync(cancel);
        await db.Changes.Where(c => c.Kind == nameof(Tasks.Checklist) && checklists.Contains(c.RecordId)).ExecuteDeleteAsync(cancel);
        await db.Changes.Where(c => c.Kind == nameof(Tasks.ChecklistItem) && items.Contains(c.RecordId)).ExecuteDeleteAsync(cancel);
    }

    private static async Task<Dictionary<string, int>> PeopleAsync(CrmDb db, Studio studio, int owner, DateTime now, CancellationToken cancel)
    {
        var keys = studio.People.Skip(1).ToDictionary(p => p.Key, p => $"{Mark}person:{p.Key}", StringComparer.Ordinal);
        var here = await db.People.Where(p => keys.Values.Contains(p.ImportKey!)).ToDictionaryAsync(p => p.ImportKey!, StringComparer.Ordinal, cancel);
        var people = new Dictionary<string, Person>(StringComparer.Ordinal);
        foreach (var told in studio.People.Skip(1))
        {
            var person = here.GetValueOrDefault(keys[told.Key]) ?? db.People.Add(Person.Imported(told.Name, keys[told.Key], now)).Entity;
            person.Become(told.Role);
            person.Enable();
            people[told.Key] = person;
        }

        await db.SaveChangesAsync(cancel);
        var ids = people.ToDictionary(p => p.Key, p => p.Value.Id, StringComparer.Ordinal);
        ids[studio.People[0].Key] = owner;
        return ids;
    }
}
