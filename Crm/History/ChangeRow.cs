using System.Linq.Expressions;
using Crm.Timeline;

namespace Crm.History;

/// <summary>A change as lists read it.</summary>
/// <param name="IsCut">Its values are longer than what was read of them.</param>
public sealed record ChangeRow(long Id, string Kind, int RecordId, int? ProjectId, RecordChange Change, bool IsCut)
{
    /// <summary>A row shows this much of a value.</summary>
    public const int Excerpt = 120;

    public static readonly Expression<Func<Change, ChangeRow>> Of = c => new ChangeRow(
        c.Id,
        c.Kind,
        c.RecordId,
        c.ProjectId,
        new RecordChange(
            c.At,
            c.PersonId,
            c.Person == null ? null : c.Person.Name,
            c.Via,
            c.Field,
            c.From == null ? null : c.From.Substring(0, Excerpt),
            c.To == null ? null : c.To.Substring(0, Excerpt)),
        (c.From ?? "").Length > Excerpt || (c.To ?? "").Length > Excerpt);

    /// <summary>The names that some rows speak of: one query for each kind of record, and one for people.</summary>
    public static Task<HistoryNames> NamesAsync(Data.CrmDb db, IReadOnlyList<ChangeRow> rows, CancellationToken cancel) => HistoryNames.LoadAsync(
        db, [.. rows.Select(r => (r.Kind, r.RecordId))], rows.Where(r => r.Change.NamesPeople).SelectMany(r => new[] { r.Change.From, r.Change.To }), cancel);
}
