using System.ComponentModel.DataAnnotations;
using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Admin;

/// <summary>Somebody who is known here, as admins see them.</summary>
/// <param name="Email">What they sign in with; null for people who came with an import and were not invited yet.</param>
/// <param name="HasSecondFactor">Whether the account asks for one beside the password.</param>
/// <param name="JoinedAt">When they got an account; null for people who came with an import and were not invited yet.</param>
/// <param name="DisabledAt">Since then they come in no more; null while they may.</param>
/// <param name="LastSeenAt">To five minutes.</param>
/// <param name="Version">Grows with each change of the account; the ETag begins with it.</param>
public sealed record PersonResource(
    int Id,
    string Name,
    string? Email,
    Role Role,
    bool HasSecondFactor,
    DateTime CreatedAt,
    DateTime? JoinedAt,
    DateTime? DisabledAt,
    DateTime? LastSeenAt,
    int Version);

/// <summary>Somebody who can be given work.</summary>
public sealed record TeamMember(int Id, string Name, Role Role);

/// <summary>Which people a list holds.</summary>
public sealed record PeopleQuery
{
    /// <summary>Only those with these words in the name or the e-mail.</summary>
    [FromQuery(Name = "q")]
    [Line(Person.NameLength)]
    public string? Q { get; init; }
}

/// <summary>What an admin changes of somebody's account. What is not sent stays as it is.</summary>
public sealed record PersonPatch
{
    [Display(Name = "Name")]
    [Line(Person.NameLength, Required = true)]
    public string? Name { get; init; }

    /// <summary>What they sign in with. Another one ends their sessions and tokens; asks for a fresh proof of who calls.</summary>
    [Display(Name = "E-mail")]
    [Line(Person.EmailLength)]
    [Email]
    public string? Email { get; init; }

    /// <summary>Another one ends their sessions; asks for a fresh proof of who calls.</summary>
    public Role Role { get; init; }
}

/// <summary>Who takes somebody's work over.</summary>
public sealed record HandOverInput
{
    /// <summary>Somebody of the team.</summary>
    [Display(Name = "Successor")]
    [Range(1, int.MaxValue)]
    public int? SuccessorId { get; init; }
}

/// <summary>A link that is answered this once.</summary>
/// <param name="Url">Hand it to the person whom it is for, and to nobody else. Good for one day and for one use.</param>
public sealed record ResetLink(string Url);

internal static class PersonResources
{
    public static IQueryable<PersonResource> AsResources(this IQueryable<Person> people, CrmDb db) => people.Select(p => new PersonResource(
        p.Id,
        p.Name,
        p.Email,
        p.Role,
        p.TwoFactorEnabled,
        p.CreatedAt,
        p.JoinedAt,
        p.DisabledAt,
        p.LastSeenAt,
        (int)(db.Changes.Where(c => c.Kind == nameof(Person) && c.RecordId == p.Id).Max(c => (long?)c.Id) ?? 0)));
}
