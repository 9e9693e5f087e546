using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Projects;

/// <summary>What it takes to create a project.</summary>
public sealed record CreateProject
{
    [Display(Name = "Name")]
    [Line(Project.NameLength, Required = true)]
    public string? Name { get; init; }

    [Display(Name = "Description")]
    [Prose(Project.DescriptionLength)]
    public string? Description { get; init; }

    [Display(Name = "Status")]
    [EnumDataType(typeof(ProjectStatus), ErrorMessage = "Choose one of the statuses.")]
    public ProjectStatus Status { get; init; } = ProjectStatus.Active;

    [Display(Name = "Who sees it")]
    [EnumDataType(typeof(ProjectVisibility), ErrorMessage = "Choose who sees the project.")]
    public ProjectVisibility Visibility { get; init; }

    [Display(Name = "Start")]
    public DateOnly? StartsOn { get; init; }

    [Display(Name = "Due date")]
    public DateOnly? DueOn { get; init; }
}
