using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Accounts.Tokens;

/// <summary>A personal access token to be made.</summary>
public sealed record NewToken
{
    /// <summary>What it is for, so that its owner knows it again.</summary>
    [Display(Name = "Name")]
    [Line(PersonalToken.NameLength, Required = true)]
    public string? Name { get; init; }

    /// <summary>Whether it may change anything.</summary>
    [Display(Name = "What it may do")]
    [EnumDataType(typeof(TokenScope), ErrorMessage = "Choose one of the list.")]
    public TokenScope Scope { get; init; }

    /// <summary>For how many days it is good, from 1 to 366.</summary>
    [Display(Name = "Good for")]
    [Range(1, PersonalToken.LongestDays, ErrorMessage = "Choose from 1 to 366 days.")]
    public int ExpiresInDays { get; init; } = 30;
}
