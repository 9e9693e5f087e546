using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;

namespace Crm.Timeline;

/// <summary>Where a conversation is held: on a project, or on one of its tasks.</summary>
public sealed record ThreadPlace(int ProjectId, int? TaskId, string Title, bool CanWrite)
{
    /// <summary>The page that the conversation stands on.</summary>
    public string Url => TaskId is { } task ? $"/tasks/{task}" : $"/projects/{ProjectId}";

    /// <summary>The conversation alone, as far back as it goes; new entries are posted here.</summary>
    public string CommentsUrl => $"{Url}/comments";

    /// <summary>Class of the record under which its changes are found.</summary>
    public string Kind => TaskId is null ? nameof(Project) : nameof(ProjectTask);

    public int RecordId => TaskId ?? ProjectId;

    public static ThreadPlace Of(Project project, CurrentUser user) => new(project.Id, null, project.Name, project.CanBeEditedBy(user));

    /// <summary>Needs the task's project to be loaded.</summary>
    public static ThreadPlace Of(ProjectTask task, CurrentUser user) => new(task.ProjectId, task.Id, task.Title, task.CanBeEditedBy(user));
}
