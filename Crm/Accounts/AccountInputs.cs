using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Accounts;

/// <summary>What people say about themselves.</summary>
public sealed record EditProfile
{
    [Display(Name = "Name")]
    [Line(Person.NameLength, Required = true)]
    public string? Name { get; init; }

    [Display(Name = "Time zone")]
    [TimeZoneName]
    public string? TimeZone { get; init; }

    [Display(Name = "Colours")]
    [EnumDataType(typeof(Theme), ErrorMessage = "Choose one of the list.")]
    public Theme Theme { get; init; }

    /// <summary>See <see cref="FormConflict.SeenAsync"/>.</summary>
    public long? Seen { get; init; }
}

public sealed record ChangePassword
{
    [Display(Name = "Present password")]
    public string? Present { get; init; }

    [Display(Name = "New password")]
    public string? New { get; init; }
}
