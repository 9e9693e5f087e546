using Crm.Admin;

namespace Crm.Data.Demo;

/// <summary>A studio of six, pleasant to read.</summary>
internal static class SmallDemo
{
    public static async Task FillAsync(CrmDb db, DemoAccounts accounts, DateTime now, CancellationToken cancel)
    {
        var studio = Studio.Read();
        var workspace = Workspace.SetUp(studio.Workspace, "UTC", now);
        db.Workspaces.Add(workspace);
        var people = studio.People.ToDictionary(p => p.Key, p => accounts.Add(p.Name, p.Role, now), StringComparer.Ordinal);
        db.People.AddRange(people.Values);
        await db.SaveChangesAsync(cancel);
        var ids = people.ToDictionary(p => p.Key, p => p.Value.Id, StringComparer.Ordinal);
        await new StudioFill(db, ids, workspace, now, mark: null).FillAsync(studio, cancel);
    }
}
