using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Timeline;

/// <summary>What somebody says.</summary>
public sealed record CommentInput
{
    [Display(Name = "The comment")]
    [Prose(Interaction.BodyLength, Required = true)]
    public string? Body { get; init; }
}
