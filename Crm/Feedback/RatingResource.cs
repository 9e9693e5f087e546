using System.ComponentModel.DataAnnotations;
using Crm.Projects;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Feedback;

/// <summary>What one person of the team thinks of a project, as the API shows it. There is one of each person and project.</summary>
/// <param name="Stars">1 to 5.</param>
/// <param name="Comment">Plain text; empty for none.</param>
/// <param name="UpdatedAt">When they last changed their mind.</param>
/// <param name="Version">Grows with each change; the ETag begins with it.</param>
public sealed record RatingResource(int Id, int ProjectId, PersonName Person, int Stars, string Comment, DateTime CreatedAt, DateTime UpdatedAt, int Version);

/// <summary>How many gave a project how many stars.</summary>
/// <param name="Average">1 to 5; null while nobody has rated.</param>
/// <param name="Stars">Five of them, from one star to five.</param>
public sealed record RatingFigures(int ProjectId, double? Average, int Count, IReadOnlyList<StarCount> Stars);

/// <summary>How many gave so many stars.</summary>
/// <param name="Stars">1 to 5.</param>
public sealed record StarCount(int Stars, int Count);

/// <summary>Which ratings of a project a list holds.</summary>
public sealed record RatingQuery
{
    /// <summary>Only those of so many stars.</summary>
    [FromQuery(Name = "stars")]
    [Range(Rating.MinStars, Rating.MaxStars)]
    public int? Stars { get; init; }

    /// <summary>Only that of this person: an id, or <c>me</c>.</summary>
    [FromQuery(Name = "person")]
    [RegularExpression("me|[0-9]{1,9}", ErrorMessage = "Send a person's id, or 'me'.")]
    public string? Person { get; init; }
}

/// <summary>What somebody thinks of a project.</summary>
public sealed record RateProject
{
    /// <summary>1 to 5.</summary>
    [Required(ErrorMessage = "Choose one to five stars.")]
    [Range(Rating.MinStars, Rating.MaxStars, ErrorMessage = "Choose one to five stars.")]
    public int? Stars { get; init; }

    /// <summary>Plain text.</summary>
    [Display(Name = "The comment")]
    [Prose(Rating.CommentLength)]
    public string? Comment { get; init; }
}
