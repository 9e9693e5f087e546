using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Crm.Data.Backups;

/// <summary>What of one kind there is now, and what there would be.</summary>
/// <param name="Newer">Those that are there now and are younger than the backup: they would be lost.</param>
/// <param name="NewestNow">When the youngest came about; null when that is not known.</param>
public sealed record KindCount(string Name, long Now, long Then, long Newer, DateTime? NewestNow, DateTime? NewestThen);

/// <summary>What restoring a backup would change.</summary>
/// <param name="AsOf">When the youngest thing in it came about.</param>
/// <param name="Migration">The last change of the database's shape that it knows.</param>
/// <param name="IsMigrated">It is of an older version, and is brought to this one's shape.</param>
/// <param name="IsPresentLost">What is there now is damaged or not there: it cannot be compared.</param>
public sealed record RestorePreview(DateTime? AsOf, string Migration, bool IsMigrated, bool IsPresentLost, IReadOnlyList<KindCount> Kinds)
{
    // Tables in the words of those who read the preview; bookkeeping is left out.
    private static readonly IReadOnlyList<(string Table, string Words)> Known =
    [
        ("People", "People"), ("Projects", "Projects"), ("ProjectMembers", "Project members"), ("Tasks", "Tasks"), ("Checklists", "Checklists"),
        ("ChecklistItems", "Checklist items"), ("Interactions", "Comments"), ("Ratings", "Ratings"), ("Changes", "Changes in the history"),
        ("Invitations", "Invitations"), ("Imports", "Imports"),
    ];

    /// <summary>Comments, tasks, changes and so on that would be gone.</summary>
    public long Lost => Kinds.Sum(kind => kind.Newer);

    /// <param name="present">Null when it cannot be read.</param>
    public static RestorePreview Of(string? present, string backup, string migration, bool isMigrated)
    {
        using var then = DatabaseFile.OpenToRead(backup);
        using var now = present is null ? null : DatabaseFile.OpenToRead(present);
        var newest = Known.Select(kind => Newest(then, kind.Table)).Max(StringComparer.Ordinal);
        var kinds = Known.Where(kind => Has(then, kind.Table)).Select(kind => new KindCount(
            kind.Words,
            now is null ? 0 : Count(now, kind.Table),
            Count(then, kind.Table),
            now is null ? 0 : Newer(now, kind.Table, newest),
            now is null ? null : Moment(Newest(now, kind.Table)),
            Moment(Newest(then, kind.Table))));
        return new RestorePreview(Moment(newest), migration, isMigrated, now is null, [.. kinds]);
    }

    private static bool Has(SqliteConnection file, string table) =>
        file.Scalar<long>($"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{table}'") > 0;

    private static long Count(SqliteConnection file, string table) => Has(file, table) ? file.Scalar<long>($"SELECT count(*) FROM \"{table}\"") : 0;

    /// <summary>Moments are kept as text that sorts as they do.</summary>
    private static string? Newest(SqliteConnection file, string table) =>
        TimeColumn(file, table) is { } column ? file.Scalar<string>($"SELECT max(\"{column}\") FROM \"{table}\"") : null;

    private static long Newer(SqliteConnection file, string table, string? than)
    {
        if (than is null || TimeColumn(file, table) is not { } column)
        {
            return 0;
        }

        using var command = file.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM \"{table}\" WHERE \"{column}\" > $than";
        command.Parameters.AddWithValue("$than", than);
        return (long)command.ExecuteScalar()!;
    }

    private static string? TimeColumn(SqliteConnection file, string table) =>
        file.Scalar<string>($"SELECT name FROM pragma_table_info('{table}') WHERE name IN ('At', 'CreatedAt') LIMIT 1");

    private static DateTime? Moment(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
}
