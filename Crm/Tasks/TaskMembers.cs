using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>Who works on a task beside its assignee, and who could.</summary>
public sealed record TaskMembers(int TaskId, IReadOnlyList<Option> People, IReadOnlyList<Option> Others, bool CanEdit, string? Error = null)
{
    public string ElementId => $"task-{TaskId}-members";

    /// <param name="task">With its project.</param>
    public static async Task<TaskMembers> LoadAsync(CrmDb db, ProjectTask task, bool canEdit, CancellationToken cancel)
    {
        var members = await db.TaskMembers
            .Where(m => m.TaskId == task.Id)
            .OrderBy(m => m.Person.Name).ThenBy(m => m.PersonId)
            .Select(m => new Option(m.PersonId.ToString(CultureInfo.InvariantCulture), m.Person.Name))
            .ToListAsync(cancel);
        var team = canEdit ? await db.Assignable(task.Project).AsOptions(cancel) : [];
        return new TaskMembers(task.Id, members, [.. team.Where(p => members.TrueForAll(m => m.Value != p.Value))], canEdit);
    }

    /// <summary>Why somebody can be no member of a task, or null.</summary>
    /// <param name="task">With its project and its members.</param>
    public static async Task<string?> MistakeAsync(CrmDb db, ProjectTask task, int? personId, CancellationToken cancel) =>
        task.Members.Any(m => m.PersonId == personId) || await db.Assignable(task.Project).AnyAsync(p => p.Id == personId, cancel) ? null
        : task.Project.Visibility == ProjectVisibility.Team ? "Choose a person of the team."
        : "Choose a member of the project: it is private.";
}
