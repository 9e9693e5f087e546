using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Timeline;

/// <summary>What somebody says.</summary>
public sealed record CommentInput
{
    [Display(Name = "The comment")]
    [Prose(Interaction.BodyLength, Required = true)]
    public string? Body { get; init; }

    /// <summary>Slug of an audience; what means nothing counts as the team only.</summary>
    public string? Audience { get; init; }

    /// <summary>The entry that is answered; 0 for none.</summary>
    public int? Reply { get; init; }
}
