using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Crm.Web;

namespace Crm.Feedback;

/// <summary>What somebody thinks of a project.</summary>
public sealed record RatingInput
{
    /// <summary>Sent for <see cref="Stars"/> by who has no rating, or no longer.</summary>
    public const string NoRating = "none";

    [Required(ErrorMessage = "Choose one to five stars, or “No rating”.")]
    [RegularExpression("none|[1-5]", MatchTimeoutInMilliseconds = 1000, ErrorMessage = "Choose one to five stars, or “No rating”.")]
    public string? Stars { get; init; }

    [Display(Name = "The comment")]
    [Prose(Rating.CommentLength)]
    public string? Comment { get; init; }

    /// <summary>Null when there is to be no rating.</summary>
    public int? Number => int.TryParse(Stars, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
