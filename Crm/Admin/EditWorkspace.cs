using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Admin;

/// <summary>The workspace's settings, as a form holds them.</summary>
public sealed record EditWorkspace
{
    [Display(Name = "Name of the workspace")]
    [Line(Workspace.NameLength, Required = true)]
    public string? Name { get; init; }

    [Display(Name = "Time zone")]
    [Required(ErrorMessage = "Choose a time zone.")]
    [TimeZoneName]
    public string? TimeZone { get; init; }

    [Display(Name = "Who can register")]
    [EnumDataType(typeof(Registration), ErrorMessage = "Choose one of the list.")]
    public Registration Registration { get; init; }

    public bool RequireSecondFactor { get; init; }

    [Display(Name = "Address")]
    [Line(Workspace.AddressLength)]
    [WebAddress]
    public string? Address { get; init; }
}

/// <summary>Begins with http or https and names a host, and nothing behind it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebAddressAttribute : ValidationAttribute
{
    public WebAddressAttribute()
        : base("Write the address like https://crm.example.com.")
    {
    }

    public override bool IsValid(object? value) =>
        value is not string text || string.IsNullOrWhiteSpace(text)
        || (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/" && address.UserInfo.Length == 0);
}
