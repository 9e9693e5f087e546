using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks.Checklists;

/// <summary>A checklist as the page of its task shows it.</summary>
/// <param name="Checklist">With its items.</param>
public sealed record ChecklistView(Checklist Checklist, bool CanEdit)
{
    public string ElementId => $"checklist-{Checklist.Id}";

    public IEnumerable<ChecklistItem> Items => Checklist.Items.OrderBy(i => i.Position).ThenBy(i => i.Id);

    public string Progress => $"{Checklist.Items.Count(i => i.IsDone)} of {Checklist.Items.Count}";

    public static async Task<IReadOnlyList<ChecklistView>> LoadAsync(IQueryable<Checklist> checklists, bool canEdit, CancellationToken cancel) =>
        [.. (await checklists.AsNoTracking().Include(c => c.Items).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync(cancel))
            .Select(c => new ChecklistView(c, canEdit))];
}

/// <summary>The line in which a new checklist is named.</summary>
public sealed record NewChecklist(int TaskId, string Name = "", string? Error = null)
{
    public string Url => $"/tasks/{TaskId}/checklists";
}

/// <summary>The line in which new items of a checklist are typed.</summary>
public sealed record NewItem(int ChecklistId, string Text = "", string? Error = null, bool HasFocus = false)
{
    public string ElementId => $"checklist-{ChecklistId}-add";

    public string Url => $"/checklists/{ChecklistId}/items";
}

/// <summary>One item with its checklist's progress, which it may have changed.</summary>
public sealed record ItemAdded(ChecklistView List, ChecklistItem Item);

/// <summary>Which checklists and items somebody may see: those of the tasks that they may see.</summary>
public static class ChecklistQueries
{
    public static IQueryable<Checklist> VisibleTo(this IQueryable<Checklist> checklists, CurrentUser user) => checklists
        .Where(c => c.Task.DeletedAt == null && c.Task.Project.DeletedAt == null)
        .Whose(c => c.Task, TaskQueries.ShownTo(user))
        .Whose(c => c.Task.Project, ProjectQueries.SeenBy(user));

    public static IQueryable<ChecklistItem> VisibleTo(this IQueryable<ChecklistItem> items, CurrentUser user) => items
        .Where(i => i.Checklist.DeletedAt == null && i.Checklist.Task.DeletedAt == null && i.Checklist.Task.Project.DeletedAt == null)
        .Whose(i => i.Checklist.Task, TaskQueries.ShownTo(user))
        .Whose(i => i.Checklist.Task.Project, ProjectQueries.SeenBy(user));

    /// <summary>What the API shows of a checklist.</summary>
    public static IQueryable<ChecklistResource> AsResources(this IQueryable<Checklist> checklists) => checklists.Select(c => new ChecklistResource(
        c.Id,
        c.TaskId,
        c.Name,
        c.Position,
        c.Items.OrderBy(i => i.Position).ThenBy(i => i.Id).Select(i => new ChecklistItemResource(i.Id, i.ChecklistId, i.Text, i.IsDone, i.Position, i.Version)).ToList(),
        c.Version));

    public static IQueryable<ChecklistItemResource> AsResources(this IQueryable<ChecklistItem> items) =>
        items.Select(i => new ChecklistItemResource(i.Id, i.ChecklistId, i.Text, i.IsDone, i.Position, i.Version));
}
