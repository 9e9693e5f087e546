using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;

namespace Crm.Timeline;

public enum InteractionKind
{
    Comment,
    Call,
    Meeting,
    Email,
    StatusUpdate,
}

/// <summary>One entry in what was said about a project or one of its tasks.</summary>
public sealed class Interaction : ITracked
{
    public const int BodyLength = 20_000;

    private Interaction()
    {
    }

    public int Id { get; private set; }

    public InteractionKind Kind { get; private set; }

    public int ProjectId { get; private set; }

    public Project Project { get; private set; } = null!;

    /// <summary>Null in the project's own thread.</summary>
    public int? TaskId { get; private set; }

    public ProjectTask? Task { get; private set; }

    public int AuthorId { get; private set; }

    public Person Author { get; private set; } = null!;

    /// <summary>A client sees it only when its task is client-visible too.</summary>
    public Audience Audience { get; private set; }

    /// <summary>The entry of the same thread that this one answers.</summary>
    public int? ReplyToId { get; private set; }

    public Interaction? ReplyTo { get; private set; }

    /// <summary>Markdown.</summary>
    public string Body { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime? EditedAt { get; private set; }

    /// <summary>A deleted entry leaves a mark in the thread; its words stay in the database and are not shown.</summary>
    public DateTime? DeletedAt { get; private set; }

    public int? DeletedById { get; private set; }

    public int Version { get; private set; } = 1;

    public string? ImportKey { get; private set; }

    int? ITracked.ProjectId => ProjectId;

    public static Interaction Comment(int projectId, int? taskId, int authorId, string body, DateTime at, string? importKey = null) =>
        new() { ProjectId = projectId, TaskId = taskId, AuthorId = authorId, Body = body, CreatedAt = at, ImportKey = importKey };

    /// <summary>Needs <see cref="Task"/>.</summary>
    public bool IsClientVisible => Audience == Audience.ClientVisible && (Task is null || Task.Audience == Audience.ClientVisible);

    /// <summary>
    /// How somebody stands to this entry who has found it. Needs <see cref="Project"/>, <see cref="Task"/> and
    /// <see cref="Author"/>, as do the questions after it.
    /// </summary>
    public Standing StandingOf(CurrentUser user) => (Task?.StandingOf(user) ?? Project.StandingOf(user)) with
    {
        IsClientVisible = IsClientVisible,
        IsOwn = AuthorId == user.Id,
        IsByClient = Author.Role == Role.Client,
    };

    public bool CanBeEditedBy(CurrentUser user) => DeletedAt is null && Permissions.Allows(Right.EditComment, StandingOf(user));

    public bool CanBeDeletedBy(CurrentUser user) => DeletedAt is null && Permissions.Allows(Right.DeleteComment, StandingOf(user));

    public bool CanBeRestoredBy(CurrentUser user) => DeletedAt is not null
        && Permissions.Allows(Right.RestoreComment, StandingOf(user) with { IsTakenAway = DeletedById is { } by && by != user.Id });

    public bool CanBeSharedBy(CurrentUser user) => DeletedAt is null && Permissions.Allows(Right.ShareComment, StandingOf(user));

    /// <summary>An answer is seen by whoever sees what it answers. Needs <see cref="ReplyTo"/>.</summary>
    public bool CanBeShownTo(Audience audience) => ReplyTo is null || ReplyTo.DeletedAt is not null || ReplyTo.Audience == audience;

    public void ShowTo(Audience audience) => Audience = audience;

    /// <param name="other">An entry of the same thread, with its task.</param>
    public void Answer(Interaction other) =>
        (ReplyToId, Audience) = (other.Id, other.IsClientVisible ? Audience.ClientVisible : Audience.TeamOnly);

    public void Reword(string body, DateTime now)
    {
        if (body != Body)
        {
            (Body, EditedAt) = (body, now);
        }
    }

    /// <summary>For words that were edited where they came from.</summary>
    public void WasEdited(DateTime at) => EditedAt = at;

    public void Delete(int byId, DateTime now)
    {
        if (DeletedAt is null)
        {
            (DeletedAt, DeletedById) = (now, byId);
        }
    }

    public void Restore() => (DeletedAt, DeletedById) = (null, null);
}
