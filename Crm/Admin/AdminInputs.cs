using System.ComponentModel.DataAnnotations;
using Crm.Accounts;
using Crm.Web;

namespace Crm.Admin;

/// <summary>What it takes to begin.</summary>
public sealed record SetUpWorkspace
{
    [Display(Name = "Name of the workspace")]
    [Line(Admin.Workspace.NameLength, Required = true)]
    public string? Workspace { get; init; }

    [Display(Name = "Time zone")]
    [Required(ErrorMessage = "Choose a time zone.")]
    [TimeZoneName]
    public string? TimeZone { get; init; } = TimeZones.Here;

    [Display(Name = "Your name")]
    [Line(Person.NameLength, Required = true)]
    public string? Name { get; init; }

    [Display(Name = "E-mail")]
    [Line(Person.EmailLength, Required = true)]
    [Email]
    public string? Email { get; init; }

    [Display(Name = "Password")]
    public string? Password { get; init; }
}
