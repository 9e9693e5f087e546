using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Crm.Projects;
using Crm.Timeline;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Tasks;

/// <summary>A task as the API shows it.</summary>
/// <param name="Description">Markdown.</param>
/// <param name="Audience">Whether the project's clients see it.</param>
/// <param name="Assignee">Who answers for it; null for nobody.</param>
/// <param name="Members">Who else works on it, by name.</param>
/// <param name="DueOn">A whole day in the workspace's time zone.</param>
/// <param name="Position">Its place within its status: lists and boards show the smaller first.</param>
/// <param name="ListName">Name of the list that it was imported from.</param>
/// <param name="CompletedAt">Null while it is not done.</param>
/// <param name="ArchivedAt">Null while it is worked on. What is archived cannot be changed.</param>
/// <param name="Version">Grows with each change; the ETag begins with it.</param>
public sealed record TaskResource(
    int Id,
    ProjectName Project,
    string Title,
    string Description,
    TaskStatus Status,
    Priority Priority,
    Audience Audience,
    PersonName? Assignee,
    IReadOnlyList<PersonName> Members,
    DateOnly? DueOn,
    IReadOnlyList<string> Labels,
    double Position,
    string? ListName,
    DateTime CreatedAt,
    PersonName CreatedBy,
    DateTime? CompletedAt,
    DateTime? ArchivedAt,
    int Version);

/// <summary>A project, by the id and the name.</summary>
public sealed record ProjectName(int Id, string Name);

/// <summary>Which statuses a list of tasks holds.</summary>
public enum TaskStates
{
    /// <summary>All that is not done.</summary>
    Open,

    All,
    ToDo,
    Doing,
    Review,
    Done,
}

/// <summary>When the tasks of a list are due.</summary>
public enum DueWithin
{
    /// <summary>Open and due before today.</summary>
    Overdue,

    /// <summary>Open and due today.</summary>
    Today,

    /// <summary>Open and due from tomorrow through the seventh day from today.</summary>
    Week,
}

/// <summary>The orders of a list of tasks.</summary>
public enum TaskOrder
{
    /// <summary>The earliest due date first, those without one last.</summary>
    Due,

    /// <summary>The most urgent first, of these the earliest due.</summary>
    Priority,

    Newest,

    /// <summary>As on the boards: by project, by status, by place.</summary>
    Place,
}

/// <summary>Which tasks a list of the API holds.</summary>
public sealed record TaskQuery
{
    /// <summary>Only those with all of these words in the title.</summary>
    [FromQuery(Name = "q")]
    [Line(ProjectTask.TitleLength)]
    public string? Q { get; init; }

    /// <summary>Only those of this assignee: a person's id, <c>me</c>, or <c>none</c>.</summary>
    [FromQuery(Name = "assignee")]
    [RegularExpression("me|none|[0-9]{1,9}", ErrorMessage = "Send a person's id, 'me' or 'none'.")]
    public string? Assignee { get; init; }

    /// <summary>Those of one status, the open ones, or all; the open ones when it is not sent.</summary>
    [FromQuery(Name = "status")]
    public Choice<TaskStates>? Status { get; init; }

    /// <summary>Only open ones that are due then, by the workspace's calendar.</summary>
    [FromQuery(Name = "due")]
    public Choice<DueWithin>? Due { get; init; }

    /// <summary>Only those of this project, by its id; none when the caller does not see it.</summary>
    [FromQuery(Name = "project")]
    public int? Project { get; init; }

    /// <summary>Only those of this priority.</summary>
    [FromQuery(Name = "priority")]
    public Choice<Priority>? Priority { get; init; }

    /// <summary>Archived ones, and those of archived projects, instead of the others.</summary>
    [FromQuery(Name = "archived")]
    public bool? Archived { get; init; }

    /// <summary>By due date, by priority, the newest first, or as they stand on the boards.</summary>
    [FromQuery(Name = "sort")]
    public Choice<TaskOrder>? Sort { get; init; }

    public TaskFilter Filter => new()
    {
        Q = Q,
        Assignee = Assignee,
        Status = Status?.Value.ToString().ToLowerInvariant(),
        Due = Due?.Value.ToString().ToLowerInvariant(),
        Project = Project?.ToString(CultureInfo.InvariantCulture),
        Priority = Priority?.Value.Slug(),
        Archived = Archived == true ? "true" : null,
    };
}
