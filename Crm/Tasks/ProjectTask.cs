using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Timeline;

namespace Crm.Tasks;

/// <summary>How far a task is; the columns of the board, in their order.</summary>
public enum TaskStatus
{
    ToDo,
    Doing,
    Review,
    Done,
}

/// <summary>How much a task presses.</summary>
public enum Priority
{
    Low,
    Normal,
    High,
    Urgent,
}

/// <summary>A piece of work in a project.</summary>
public sealed class ProjectTask : ITracked
{
    public const int TitleLength = 300;
    public const int DescriptionLength = 20_000;
    public const int LabelLength = 60;

    private readonly List<Checklist> _checklists = [];
    private readonly List<TaskMember> _members = [];

    private ProjectTask()
    {
    }

    public int Id { get; private set; }

    public int ProjectId { get; private set; }

    public Project Project { get; private set; } = null!;

    public string Title { get; private set; } = "";

    /// <summary>The title without capitals and accents, by which a task is found.</summary>
    public string SortTitle { get; private set; } = "";

    /// <summary>Markdown.</summary>
    public string Description { get; private set; } = "";

    public TaskStatus Status { get; private set; }

    public Priority Priority { get; private set; } = Priority.Normal;

    public Audience Audience { get; private set; }

    /// <summary>Who answers for it.</summary>
    public int? AssigneeId { get; private set; }

    public Person? Assignee { get; private set; }

    /// <summary>A whole day in the workspace's time zone.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>The due date as lists order it: tasks without one come last. Kept by the database.</summary>
    public DateOnly DueOrder { get; private set; }

    /// <summary>Place within its status, ascending; a task moves between two others by taking the middle.</summary>
    public double Position { get; private set; }

    public List<string> Labels { get; private set; } = [];

    /// <summary>Name of the list that it was imported from.</summary>
    public string? ListName { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public int CreatedById { get; private set; }

    public DateTime? CompletedAt { get; private set; }

    public DateTime? ArchivedAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public string? ImportKey { get; private set; }

    public IReadOnlyList<Checklist> Checklists => _checklists;

    /// <summary>Others who work on it beside the assignee.</summary>
    public IReadOnlyList<TaskMember> Members => _members;

    int? ITracked.ProjectId => ProjectId;

    public static ProjectTask Create(int projectId, string title, double position, int createdById, DateTime now, string? importKey = null) =>
        new() { ProjectId = projectId, Title = title, SortTitle = Folding.Fold(title), Position = position, CreatedById = createdById, CreatedAt = now, ImportKey = importKey };

    /// <summary>How somebody stands to this task who has found it. Needs <see cref="Project"/>, as do the questions after it.</summary>
    public Standing StandingOf(CurrentUser user) => Project.StandingOf(user) with
    {
        IsArchived = ArchivedAt is not null,
        IsInArchive = Project.ArchivedAt is not null,
        IsClientVisible = Audience == Audience.ClientVisible,
    };

    public bool CanBeEditedBy(CurrentUser user) => Permissions.Allows(Right.EditTask, StandingOf(user));

    public bool CanBeKeptBy(CurrentUser user) => Permissions.Allows(Right.KeepTask, StandingOf(user));

    public bool CanBeDiscussedBy(CurrentUser user) => Permissions.Allows(Right.DiscussTask, StandingOf(user));

    public bool IsOverdue(DateOnly today) => Status != TaskStatus.Done && DueOn < today;

    public void Retitle(string title) => (Title, SortTitle) = (title, Folding.Fold(title));

    public void Describe(string description) => Description = description;

    public void MoveTo(TaskStatus status, double position, DateTime now)
    {
        if (status != Status)
        {
            CompletedAt = status == TaskStatus.Done ? now : null;
        }

        (Status, Position) = (status, position);
    }

    public void Prioritize(Priority priority) => Priority = priority;

    public void ShowTo(Audience audience) => Audience = audience;

    public void AssignTo(int? personId) => AssigneeId = personId;

    public void Due(DateOnly? on) => DueOn = on;

    /// <summary>Replaces all labels; empty and repeated ones fall away.</summary>
    public void Label(IEnumerable<string> labels)
    {
        var wanted = labels.Select(l => l.Trim()).Where(l => l.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (!Labels.SequenceEqual(wanted, StringComparer.Ordinal))
        {
            Labels = wanted;
        }
    }

    public void CameFrom(string? listName) => ListName = listName;

    /// <summary>Needs <see cref="Members"/> to be loaded.</summary>
    public void Add(int personId)
    {
        if (_members.All(m => m.PersonId != personId))
        {
            _members.Add(new TaskMember(personId));
        }
    }

    public void Remove(int personId) => _members.RemoveAll(m => m.PersonId == personId);

    /// <summary>Needs <see cref="Checklists"/> to be loaded.</summary>
    public Checklist AddChecklist(string name, string? importKey = null)
    {
        var checklist = new Checklist(name, _checklists.Count == 0 ? 0 : _checklists.Max(c => c.Position) + 1, importKey);
        _checklists.Add(checklist);
        return checklist;
    }

    public void Archive(DateTime now) => ArchivedAt ??= now;

    public void BringBack() => ArchivedAt = null;

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}
