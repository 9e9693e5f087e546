using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;

namespace Crm.Timeline;

/// <summary>Where a conversation is held: on a project, or on one of its tasks.</summary>
/// <param name="IsForTeam">The reader is of the team; clients read what is client-visible.</param>
/// <param name="IsShared">Clients of the project see the place, and in it what is client-visible.</param>
public sealed record ThreadPlace(int ProjectId, int? TaskId, string Title, bool CanWrite, bool IsForTeam, bool IsShared)
{
    public const string NothingToAnswer = "What you answer is not there any more. Post it as a comment of its own, if you like.";

    /// <summary>Whether it matters here who sees an entry, and is the reader's to choose.</summary>
    public bool OffersAudience => IsForTeam && IsShared;

    /// <summary>The page that the conversation stands on.</summary>
    public string Url => TaskId is { } task ? $"/tasks/{task}" : $"/projects/{ProjectId}";

    /// <summary>The conversation alone, as far back as it goes; new entries are posted here.</summary>
    public string CommentsUrl => $"{Url}/comments";

    /// <summary>Class of the record under which its changes are found.</summary>
    public string Kind => TaskId is null ? nameof(Project) : nameof(ProjectTask);

    public int RecordId => TaskId ?? ProjectId;

    public static ThreadPlace Of(Project project, CurrentUser user) =>
        new(project.Id, null, project.Name, project.CanBeDiscussedBy(user), user.IsTeam, IsShared: true);

    /// <summary>Needs the task's project to be loaded.</summary>
    public static ThreadPlace Of(ProjectTask task, CurrentUser user) =>
        new(task.ProjectId, task.Id, task.Title, task.CanBeDiscussedBy(user), user.IsTeam, task.Audience == Audience.ClientVisible);

    /// <summary>Who sees a new entry: what clients write is for everybody, what the team writes for the team unless it says otherwise.</summary>
    public Audience AudienceOf(Audience? wanted) => (IsForTeam, IsShared) switch
    {
        (false, _) => Audience.ClientVisible,
        (_, true) => wanted ?? Audience.TeamOnly,
        _ => Audience.TeamOnly,
    };

    /// <summary>A new entry of this thread.</summary>
    /// <param name="answered">Decides who sees the answer.</param>
    public Interaction Write(string body, Audience? wanted, Interaction? answered, CurrentUser by, DateTime now)
    {
        var comment = Interaction.Comment(ProjectId, TaskId, by.Id, body, now);
        comment.ShowTo(AudienceOf(wanted));
        if (answered is not null)
        {
            comment.Answer(answered);
        }

        return comment;
    }
}
