using Crm.Accounts;
using Crm.Data;
using Crm.Feedback;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Web;

namespace Crm.Projects;

/// <summary>Where a project stands.</summary>
public enum ProjectStatus
{
    Planned,
    Active,
    OnHold,
    Completed,
    Cancelled,
}

/// <summary>Who of the team sees a project. Clients see those that they were added to, either way.</summary>
public enum ProjectVisibility
{
    /// <summary>Everybody of the team.</summary>
    Team,

    /// <summary>Its members, and the admins who run the workspace.</summary>
    Private,
}

/// <summary>The work for a client: what it is, who answers for it, by when, and how far it is.</summary>
public sealed class Project : ITracked
{
    public const int NameLength = 200;
    public const int DescriptionLength = 20_000;

    private readonly List<ProjectMember> _members = [];
    private readonly List<ProjectTask> _tasks = [];
    private readonly List<Rating> _ratings = [];

    private Project()
    {
    }

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The name as it is ordered and searched: folded, because the database knows ASCII's order only.</summary>
    public string SortName { get; private set; } = "";

    /// <summary>Markdown.</summary>
    public string Description { get; private set; } = "";

    public ProjectStatus Status { get; private set; }

    public ProjectVisibility Visibility { get; private set; }

    public int OwnerId { get; private set; }

    public Person Owner { get; private set; } = null!;

    public DateOnly? StartsOn { get; private set; }

    public DateOnly? DueOn { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public int CreatedById { get; private set; }

    public DateTime? ArchivedAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public string? ImportKey { get; private set; }

    public IReadOnlyList<ProjectMember> Members => _members;

    public IReadOnlyList<ProjectTask> Tasks => _tasks;

    public IReadOnlyList<Rating> Ratings => _ratings;

    int? ITracked.ProjectId => Id;

    public static Project Create(string name, int ownerId, DateTime now, string? importKey = null)
    {
        var project = new Project { OwnerId = ownerId, CreatedById = ownerId, CreatedAt = now, Status = ProjectStatus.Active, ImportKey = importKey };
        project.Rename(name);
        project.Add(ownerId);
        return project;
    }

    /// <exception cref="ArgumentException">The start lies after the due date.</exception>
    public static Project Create(CreateProject input, CurrentUser by, DateTime now)
    {
        var project = Create(Typed.Line(input.Name), by.Id, now);
        project.Describe(Typed.Prose(input.Description));
        project.MoveTo(input.Status);
        project.ShowTo(input.Visibility);
        project.Schedule(input.StartsOn, input.DueOn);
        return project;
    }

    /// <summary>How somebody stands to this project who has found it.</summary>
    public Standing StandingOf(CurrentUser user) =>
        Standing.ToFound(user) with { IsPrivate = Visibility == ProjectVisibility.Private, IsArchived = ArchivedAt is not null };

    public bool CanBeEditedBy(CurrentUser user) => Permissions.Allows(Right.EditProject, StandingOf(user));

    public bool CanBeKeptBy(CurrentUser user) => Permissions.Allows(Right.KeepProject, StandingOf(user));

    public bool CanBeDiscussedBy(CurrentUser user) => Permissions.Allows(Right.DiscussProject, StandingOf(user));

    public bool CanBeRatedBy(CurrentUser user) => Permissions.Allows(Right.RateProject, StandingOf(user));

    /// <summary>Its inside is what the team alone sees: ratings, history, status.</summary>
    public bool ShowsInsideTo(CurrentUser user) => Permissions.Allows(Right.SeeProjectInside, StandingOf(user));

    public void Rename(string name) => (Name, SortName) = (name, Folding.Fold(name));

    public void Describe(string description) => Description = description;

    public void ShowTo(ProjectVisibility visibility) => Visibility = visibility;

    /// <summary>Who makes a project private goes on seeing it. Needs <see cref="Members"/> to be loaded.</summary>
    public void ShowTo(ProjectVisibility visibility, CurrentUser by)
    {
        ShowTo(visibility);
        if (visibility == ProjectVisibility.Private && !by.IsAdmin)
        {
            Add(by.Id);
        }
    }

    public void MoveTo(ProjectStatus status) => Status = status;

    /// <summary>The new owner becomes a member too.</summary>
    public void HandTo(int ownerId)
    {
        OwnerId = ownerId;
        Add(ownerId);
    }

    /// <exception cref="ArgumentException">The start lies after the due date.</exception>
    public void Schedule(DateOnly? startsOn, DateOnly? dueOn)
    {
        if (startsOn > dueOn)
        {
            throw new ArgumentException("A project cannot start after it is due.", nameof(startsOn));
        }

        (StartsOn, DueOn) = (startsOn, dueOn);
    }

    /// <summary>Needs <see cref="Members"/> to be loaded.</summary>
    /// <returns>False if the person is one already.</returns>
    public bool Add(int personId)
    {
        if (_members.Any(m => m.PersonId == personId))
        {
            return false;
        }

        _members.Add(new ProjectMember(personId));
        return true;
    }

    /// <summary>The owner stays: hand the project to somebody else first.</summary>
    /// <returns>False if the person is the owner or no member.</returns>
    public bool Remove(int personId) => personId != OwnerId && _members.RemoveAll(m => m.PersonId == personId) > 0;

    public void Archive(DateTime now) => ArchivedAt ??= now;

    public void BringBack() => ArchivedAt = null;

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}
