using System.ComponentModel.DataAnnotations;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Projects;

/// <summary>A project as the API shows it.</summary>
/// <param name="Description">Markdown.</param>
/// <param name="StartsOn">A whole day in the workspace's time zone.</param>
/// <param name="DueOn">A whole day in the workspace's time zone.</param>
/// <param name="ArchivedAt">Null while people work on it.</param>
/// <param name="Progress">Counted from the tasks that the caller sees, without archived ones.</param>
/// <param name="Rating">Null for clients, and while nobody has rated.</param>
/// <param name="Version">Grows with each change; the ETag begins with it.</param>
public sealed record ProjectResource(
    int Id,
    string Name,
    string Description,
    ProjectStatus Status,
    ProjectVisibility Visibility,
    PersonName Owner,
    DateOnly? StartsOn,
    DateOnly? DueOn,
    DateTime CreatedAt,
    DateTime? ArchivedAt,
    ProjectProgress Progress,
    ProjectRating? Rating,
    int Version);

/// <summary>How far a project is.</summary>
/// <param name="InProgress">Begun and not done, those in review included.</param>
public sealed record ProjectProgress(int Tasks, int Done, int InProgress, int Overdue)
{
    /// <summary>0 to 100, rounded down so that 100 means all.</summary>
    public int Percent => Tasks == 0 ? 0 : 100 * Done / Tasks;
}

/// <summary>What the team thinks of a project.</summary>
/// <param name="Average">1 to 5 stars.</param>
public sealed record ProjectRating(double Average, int Count);

/// <summary>Somebody, by the id and the name.</summary>
public sealed record PersonName(int Id, string Name);

/// <summary>Which projects a list of the API holds.</summary>
public sealed record ProjectQuery
{
    /// <summary>Only those with these words in the name.</summary>
    [FromQuery(Name = "q")]
    [Line(Project.NameLength)]
    public string? Q { get; init; }

    /// <summary>Only those of this status.</summary>
    [FromQuery(Name = "status")]
    public Choice<ProjectStatus>? Status { get; init; }

    /// <summary>Only those of this owner: a person's id, or <c>me</c>.</summary>
    [FromQuery(Name = "owner")]
    [RegularExpression("me|[0-9]{1,9}", ErrorMessage = "Send a person's id, or 'me'.")]
    public string? Owner { get; init; }

    /// <summary>Only those that the caller is a member of.</summary>
    [FromQuery(Name = "mine")]
    public bool? Mine { get; init; }

    /// <summary>Archived ones instead of the others.</summary>
    [FromQuery(Name = "archived")]
    public bool? Archived { get; init; }

    /// <summary>By name, by due date, or the newest first.</summary>
    [FromQuery(Name = "sort")]
    public Choice<ProjectOrder>? Sort { get; init; }

    public ProjectFilter Filter => new() { Q = Q, Status = Status?.Value, Owner = Owner, IsMine = Mine == true, Archived = Archived == true };
}

/// <summary>What of a project can be changed. What is not sent stays as it is.</summary>
public sealed record ProjectPatch
{
    [Line(Project.NameLength, Required = true)]
    public string? Name { get; init; }

    /// <summary>Markdown.</summary>
    [Prose(Project.DescriptionLength)]
    public string? Description { get; init; }

    public ProjectStatus? Status { get; init; }

    /// <summary>Somebody of the team; they become a member too.</summary>
    public int? OwnerId { get; init; }

    /// <summary>A whole day in the workspace's time zone; null for none.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>A whole day in the workspace's time zone; null for none.</summary>
    public DateOnly? DueOn { get; init; }

    public ProjectVisibility? Visibility { get; init; }
}
