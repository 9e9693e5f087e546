using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web;

/// <summary>A change of a record that somebody made after a form was opened.</summary>
public sealed record LaterChange(string Field, string? From, string? To, int? PersonId, string Who, DateTime At);

/// <summary>
/// What became of a record since somebody saw it: the one way in which whole forms, menus and moves notice that two people are
/// at the same thing. Different fields do not get into each other's way; the same one is a clash.
/// </summary>
public sealed class Meanwhile
{
    private readonly List<LaterChange> _later;

    private Meanwhile(List<LaterChange> later) => _later = later;

    /// <param name="present">The record's version now; when it is the one that was seen, nothing is asked.</param>
    /// <param name="seen">The version that the form carried; null for a caller that does not care.</param>
    public static async Task<Meanwhile> LoadAsync(CrmDb db, string kind, int id, int present, int? seen, CancellationToken cancel) =>
        new(seen is null || seen >= present
            ? []
            : await db.Changes.AsNoTracking().Where(c => c.Kind == kind && c.RecordId == id && c.Version > seen)
                .OrderBy(c => c.Id)
                .Select(c => new LaterChange(c.Field, c.From, c.To, c.PersonId, c.Person == null ? "Somebody" : c.Person.Name, c.At))
                .ToListAsync(cancel));

    /// <summary>The last that somebody else did to one of these fields.</summary>
    public LaterChange? LastByOthers(int personId, params ReadOnlySpan<string> fields)
    {
        LaterChange? last = null;
        foreach (var change in _later)
        {
            last = change.PersonId != personId && fields.Contains(change.Field) ? change : last;
        }

        return last;
    }

    /// <summary>What a field held when the form was opened.</summary>
    /// <param name="present">What it holds now.</param>
    public string Seen(string field, string? present) =>
        _later.Find(c => c.Field == field) is { } first ? first.From ?? "" : present ?? "";

    /// <summary>Whoever changed a field that the form changes as well, to something else.</summary>
    /// <param name="mine">What the form holds, as the log would write it.</param>
    public LaterChange? Clash(string field, string? mine, string? present) =>
        (mine ?? "") != (present ?? "") && (mine ?? "") != Seen(field, present) ? _later.FindLast(c => c.Field == field) : null;

    /// <summary>What is to be kept: mine if I changed it, and what is there now if I left it as it was.</summary>
    public string? Merge(string field, string? mine, string? present) => (mine ?? "") == Seen(field, present) ? present : mine;
}
