using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Timeline;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>A change as a history shows it.</summary>
/// <param name="Who">Null when no person did it.</param>
/// <param name="IsLong">Its values are texts, whose difference stands on the change's own page.</param>
/// <param name="CanRestore">The value that it replaced can be put back, if the reader may change the record.</param>
public sealed record HistoryRow(long Id, DateTime At, string? Who, Via Via, string Kind, RecordName Record, ThreadEvent Words, bool IsLong, bool CanRestore)
{
    public string Url => $"/history/{Id}";

    public string? Way => Via switch
    {
        Via.Api => "over the API",
        Via.Import => "by an import",
        Via.Command => "by a command",
        Via.Program => "by itself",
        _ => null,
    };
}

/// <summary>The changes of one day.</summary>
public sealed record HistoryDay(DateOnly Day, IReadOnlyList<HistoryRow> Rows);

/// <summary>A page of what happened to some records, newest first.</summary>
/// <param name="Older">The change that the next page goes on after.</param>
public sealed record HistoryList(
    HistoryScope Scope, HistoryFilter Filter, IReadOnlyList<HistoryDay> Days, long? Older, IReadOnlyList<Option> People, IReadOnlyList<Option> Fields)
{
    public const int PageSize = 50;

    /// <summary>Three queries, and one for each kind of record that occurs; one more for an older page.</summary>
    public static async Task<HistoryList> LoadAsync(CrmDb db, HistoryScope scope, HistoryFilter filter, Workspace workspace, Clock clock, CancellationToken cancel)
    {
        var changes = await BeforeAsync(db, scope.Narrow(filter.Apply(db.Changes.AsNoTracking(), workspace)), filter.BeforeId, cancel);
        var rows = await changes.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(PageSize + 1)
            .Select(ChangeRow.Of)
            .ToListAsync(cancel);
        var shown = rows.Take(PageSize).ToList();
        var names = await ChangeRow.NamesAsync(db, shown, cancel);
        var words = new ChangeWords(clock, names.People);
        return new HistoryList(
            scope,
            filter,
            [.. shown.GroupBy(r => workspace.DayOf(r.Change.At)).Select(d => new HistoryDay(d.Key, [.. d.Select(r => Show(r, words, names))]))],
            rows.Count > PageSize ? shown[^1].Id : null,
            await db.People.AsOptions(cancel),
            FieldsOf(db, scope));
    }

    private static async Task<IQueryable<Change>> BeforeAsync(CrmDb db, IQueryable<Change> changes, long? before, CancellationToken cancel)
    {
        if (before is null || await db.Changes.Where(c => c.Id == before).Select(c => (DateTime?)c.At).FirstOrDefaultAsync(cancel) is not { } at)
        {
            return changes;
        }

        return changes.Where(c => c.At < at || (c.At == at && c.Id < before));
    }

    private static List<Option> FieldsOf(CrmDb db, HistoryScope scope) =>
    [
        .. db.Model.GetEntityTypes()
            .Where(t => scope.Kinds.Contains(t.ClrType.Name))
            .SelectMany(t => t.GetProperties().Where(p => !p.IsPrimaryKey() && Untold.Why(t, p.Name) is null).Select(p => Untold.NameOf(p.Name)))
            .Where(f => f is not ("CreatedAt" or "CreatedById" or "ImportKey" or "ProjectId" or "AuthorId" or "Kind"))
            .Concat(scope.Kinds.Contains(nameof(Projects.Project)) || scope.Kinds.Contains(nameof(Tasks.ProjectTask)) ? [nameof(Projects.Project.Members)] : [])
            .Append(Change.Created)
            .Distinct()
            .Select(f => new Option(f, Capital(ChangeWords.LabelOf(f))))
            .OrderBy(o => o.Text, StringComparer.Ordinal),
    ];

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static HistoryRow Show(ChangeRow row, ChangeWords words, HistoryNames names) => new(
        row.Id,
        row.Change.At,
        row.Change.Who,
        row.Change.Via,
        row.Kind,
        names.Of(row.Kind, row.RecordId),
        words.Of(row.Change),
        row.IsCut || (ChangeWords.IsProse(row.Change.Field) && (row.Change.From ?? "") != (row.Change.To ?? "")),
        Restorable.Covers(row.Kind, row.Change.Field));
}
