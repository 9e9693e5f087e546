using Crm.Accounts;
using Crm.Data;
using Crm.Web;

namespace Crm.Admin;

/// <summary>One line of the list of people.</summary>
public sealed record PersonRow(int Id, string Name, string? Email, Role Role, bool HasPassword, DateTime? DisabledAt, DateTime? LastSeenAt)
{
    public Shown State => AccountState.Show(HasPassword, DisabledAt);

    public bool CanSignIn => HasPassword && DisabledAt is null;

    public bool CanBeInvited => !HasPassword && DisabledAt is null;
}

public static class PersonRows
{
    public static IQueryable<PersonRow> Rows(this IQueryable<Person> people) => people
        .OrderBy(p => p.Name).ThenBy(p => p.Id)
        .Select(p => new PersonRow(p.Id, p.Name, p.Email, p.Role, p.JoinedAt != null, p.DisabledAt, p.LastSeenAt));

    public static IQueryable<Person> Matching(this IQueryable<Person> people, string? words)
    {
        var sought = CrmDb.Fold(words ?? "").Trim();
        return sought.Length == 0 ? people : people.Where(p => CrmDb.Fold(p.Name).Contains(sought) || CrmDb.Fold(p.Email ?? "").Contains(sought));
    }
}
