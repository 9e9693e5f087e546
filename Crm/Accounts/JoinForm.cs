using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Accounts;

/// <summary>What it takes to come in.</summary>
public sealed record JoinForm
{
    [Display(Name = "Your name")]
    [Line(Person.NameLength, Required = true)]
    public string? Name { get; init; }

    [Display(Name = "E-mail")]
    [Line(Person.EmailLength, Required = true)]
    [Email]
    public string? Email { get; init; }

    [Display(Name = "Password")]
    public string? Password { get; init; }

    [Display(Name = "Time zone")]
    [TimeZoneName]
    public string? TimeZone { get; init; }

    /// <summary>Judges and hashes the password, which takes its time.</summary>
    public async Task<(Newcomer? Newcomer, string? Refusal)> ReadAsync(Passwords passwords, DateTime now)
    {
        var person = Person.Register(Typed.Line(Name), Typed.Line(Email), Role.Client, now);
        return await passwords.SetAsync(person, Password) is { } refusal
            ? (null, refusal)
            : (new Newcomer(person.Name, person.Email!, string.IsNullOrEmpty(TimeZone) ? null : TimeZone, person.PasswordHash!, person.SecurityStamp!), null);
    }
}
