using System.ComponentModel.DataAnnotations;
using Crm.Accounts;
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

    public static EditWorkspace Of(Workspace workspace) => new()
    {
        Name = workspace.Name,
        TimeZone = workspace.TimeZone,
        Registration = workspace.Registration,
        RequireSecondFactor = workspace.RequiresSecondFactor,
        Address = workspace.Address,
    };

    /// <summary>Whoever asks everybody for a second factor has one, or they would shut themselves out.</summary>
    public string? MistakeFor(Workspace workspace, CurrentUser user) =>
        RequireSecondFactor && !workspace.RequiresSecondFactor && !user.HasSecondFactor
            ? "Set up a second factor of your own first, on the security page of your profile. Nothing was saved."
            : null;

    public void ApplyTo(Workspace workspace)
    {
        workspace.Rename(Typed.Line(Name));
        workspace.LiveIn(TimeZone!);
        workspace.Admit(Registration);
        workspace.RequireSecondFactor(RequireSecondFactor);
        workspace.AnswerAt(Typed.Line(Address).TrimEnd('/') is { Length: > 0 } address ? address : null);
    }
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
