using System.Globalization;
using Crm.Data;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>The questions that are asked of people.</summary>
public static class PersonQueries
{
    /// <summary>More people than this are not offered in a list of choices.</summary>
    private const int MostOptions = 500;

    /// <summary>Who can be given work: the team, without disabled people, but for whoever has it now.</summary>
    public static IQueryable<Person> Assignable(this IQueryable<Person> people, int? presentId = null) =>
        people.Where(p => (p.Role != Role.Client && p.DisabledAt == null) || p.Id == presentId);

    /// <summary>Without this person nobody could run the workspace. Ask under the write lock.</summary>
    public static async Task<bool> IsLastAdminAsync(this IQueryable<Person> people, Person person, CancellationToken cancel) =>
        person is { Role: Role.Admin, CanSignIn: true }
        && !await people.AnyAsync(p => p.Id != person.Id && p.Role == Role.Admin && p.DisabledAt == null && p.JoinedAt != null, cancel);

    /// <summary>In the order of their names, as people sort them.</summary>
    public static async Task<List<Option>> AsOptions(this IQueryable<Person> people, CancellationToken cancel)
    {
        var rows = await people.OrderBy(p => p.Name).ThenBy(p => p.Id).Take(MostOptions)
            .Select(p => new Option(p.Id.ToString(CultureInfo.InvariantCulture), p.Name)).ToListAsync(cancel);
        return [.. rows.OrderBy(o => Folding.Fold(o.Text), StringComparer.Ordinal)];
    }
}
