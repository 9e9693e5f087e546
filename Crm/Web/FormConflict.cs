using Crm.Data;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web;

/// <summary>A field of a whole form, for <see cref="FormConflict.FindAsync"/>.</summary>
/// <param name="Property">Under which its changes are recorded.</param>
/// <param name="Mine">As typed, and as the recorder writes it.</param>
/// <param name="Now">As it is in the database.</param>
public sealed record FormValue(string Property, string Label, string Mine, string Now);

/// <summary>A field that somebody else changed after the form was opened, and that was changed in the form too.</summary>
public sealed record FormConflict(string Label, string Who, DateTime At, string Theirs, string Mine)
{
    /// <summary>The newest row of history of the record: the form carries it as what its writer saw.</summary>
    public static async Task<long> SeenAsync(CrmDb db, string kind, int recordId, CancellationToken cancel) =>
        await db.Changes.Where(c => c.Kind == kind && c.RecordId == recordId).MaxAsync(c => (long?)c.Id, cancel) ?? 0;

    /// <summary>
    /// Compares by field, as two people's edits of different fields do not get into each other's way.
    /// </summary>
    /// <param name="seen">What <see cref="SeenAsync"/> said when the form was opened; null asks no questions.</param>
    /// <returns>The conflicts, and the properties that the form's writer left as they were and somebody else changed.</returns>
    public static async Task<(IReadOnlyList<FormConflict> Conflicts, IReadOnlySet<string> Theirs)> FindAsync(
        CrmDb db, string kind, int recordId, long? seen, IReadOnlyCollection<FormValue> values, CancellationToken cancel)
    {
        if (seen is null)
        {
            return ([], new HashSet<string>());
        }

        var names = values.Select(v => v.Property).ToList();
        var changes = await db.Changes.AsNoTracking()
            .Where(c => c.Kind == kind && c.RecordId == recordId && c.Id > seen && names.Contains(c.Field))
            .OrderBy(c => c.Id)
            .Select(c => new { c.Field, c.From, c.At, Who = c.Person == null ? "Somebody" : c.Person.Name })
            .ToListAsync(cancel);
        var changed = values.Where(v => v.Mine != v.Now)
            .Select(v => (Value: v, Changes: changes.Where(c => c.Field == v.Property).ToList()))
            .Where(v => v.Changes.Count > 0).ToLookup(v => (v.Changes[0].From ?? "") == v.Value.Mine);
        return (
            [.. changed[false].Select(v => new FormConflict(v.Value.Label, v.Changes[^1].Who, v.Changes[^1].At, v.Value.Now, v.Value.Mine))],
            changed[true].Select(v => v.Value.Property).ToHashSet());
    }
}
