using System.ComponentModel.DataAnnotations;
using Crm.Accounts;
using Crm.Web;

namespace Crm.Admin;

/// <summary>What an admin changes of somebody's account.</summary>
public sealed record EditPerson
{
    [Display(Name = "Name")]
    [Line(Person.NameLength, Required = true)]
    public string? Name { get; init; }

    [Display(Name = "E-mail")]
    [Line(Person.EmailLength)]
    [Email]
    public string? Email { get; init; }

    [Display(Name = "Role")]
    [EnumDataType(typeof(Role), ErrorMessage = "Choose one of the list.")]
    public Role Role { get; init; }

    /// <summary>See <see cref="FormConflict.SeenAsync"/>.</summary>
    public long? Seen { get; init; }
}
