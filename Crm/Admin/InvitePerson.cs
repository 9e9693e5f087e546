using System.ComponentModel.DataAnnotations;
using Crm.Accounts;
using Crm.Web;

namespace Crm.Admin;

/// <summary>Whom to invite, and as what.</summary>
public record InvitePerson
{
    [Display(Name = "Role")]
    [EnumDataType(typeof(Role), ErrorMessage = "Choose one of the list.")]
    public Role Role { get; init; } = Role.Member;

    [Display(Name = "E-mail (optional)")]
    [Line(Person.EmailLength)]
    [Email]
    public string? Email { get; init; }

    [Display(Name = "Project to join (optional)")]
    public int? ProjectId { get; init; }
}
