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

    /// <summary>Authors edit their own words; nobody edits a deleted entry. Needs <see cref="Project"/> and <see cref="Task"/>.</summary>
    public bool CanBeEditedBy(CurrentUser user) => AuthorId == user.Id && DeletedAt is null && IsOpenTo(user);

    /// <summary>Authors and Admins may delete. Needs <see cref="Project"/> and <see cref="Task"/>.</summary>
    public bool CanBeDeletedBy(CurrentUser user) => (AuthorId == user.Id || user.IsAdmin) && DeletedAt is null && IsOpenTo(user);

    /// <summary>Admins may take a deletion back, and authors their own; not what an Admin took away from them.</summary>
    public bool CanBeRestoredBy(CurrentUser user) =>
        (user.IsAdmin || (AuthorId == user.Id && (DeletedById is null || DeletedById == user.Id))) && DeletedAt is not null && IsOpenTo(user);

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

    private bool IsOpenTo(CurrentUser user) => Task?.CanBeEditedBy(user) ?? Project.CanBeEditedBy(user);
}
