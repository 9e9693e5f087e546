using Crm.Web;

namespace Crm.Tasks;

/// <summary>Which surface shows a task; an answer to a change mends that surface.</summary>
public enum Surface
{
    /// <summary>The task's own page.</summary>
    Page,

    /// <summary>The list of a project.</summary>
    List,

    /// <summary>The board of a project.</summary>
    Board,

    /// <summary>The list across projects.</summary>
    Search,
}

/// <summary>A task as its row or its card shows it.</summary>
/// <param name="IsOpenToChange">Neither the task nor its project is archived.</param>
public sealed record TaskRow(
    int Id,
    int ProjectId,
    string ProjectName,
    string Title,
    TaskStatus Status,
    double Position,
    Priority Priority,
    DateOnly? DueOn,
    IReadOnlyList<string> Labels,
    string? Assignee,
    int Version,
    bool IsClientVisible,
    bool IsOpenToChange)
{
    public string ElementId => $"task-{Id}";

    public bool IsDone => Status == TaskStatus.Done;

    /// <summary>Where the check button leads: done, or back to what is to do.</summary>
    public TaskStatus Checked => IsDone ? TaskStatus.ToDo : TaskStatus.Done;
}

/// <summary>A row or a card, on its surface.</summary>
public sealed record TaskView(TaskRow Task, Surface On, bool CanEdit)
{
    private string Query => $"on={On.ToString().ToLowerInvariant()}";

    public string ActionsUrl => $"/tasks/{Task.Id}/actions?{Query}";

    public string CheckUrl => $"/tasks/{Task.Id}/move?status={Task.Checked.Slug()}&{Query}&version={Task.Version}";

    public FieldView Due(Clock clock) =>
        TaskFields.Due.View(Task.Id, Task.Version, TaskFields.ShowDue(Task.DueOn, Task.Status, clock), CanEdit);

    public FieldView Assignee => TaskFields.Assignee.View(Task.Id, Task.Version, TaskFields.ShowAssignee(Task.Assignee), CanEdit);
}
