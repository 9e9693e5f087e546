using Crm.Data.Backups;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data;

/// <summary>Brings the database to the shape that this program knows.</summary>
public static class Migrator
{
    /// <summary>
    /// Copies a database that holds something before it is changed, then applies what is missing. When that fails, the copy is
    /// put back.
    /// </summary>
    /// <param name="held">The folder's lock, when the caller has it already.</param>
    /// <exception cref="DatabaseRefusedException">The database is as it was before, and cannot be used.</exception>
    public static async Task MigrateAsync(CrmDb db, DataFolder folder, DateTime now, FolderLock? held = null, CancellationToken cancel = default)
    {
        folder.Create();
        var known = db.Database.GetMigrations().ToList();
        var applied = File.Exists(folder.Database) ? DatabaseFile.Require(folder.Database, known) : [];
        if (applied.Count == known.Count)
        {
            DatabaseFile.LetReadersBe(folder.Database);
            return;
        }

        using var taken = held is null ? FolderLock.Take(folder, "Its database has to be migrated first: stop the program, and start it again with this version.") : null;
        if (applied.Count == 0)
        {
            await ApplyAsync(db, folder, cancel);
        }
        else
        {
            await ApplyOrPutBackAsync(db, folder, Snapshot(folder, now), known.Except(applied, StringComparer.Ordinal).First(), cancel);
        }
    }

    private static string Snapshot(DataFolder folder, DateTime now)
    {
        try
        {
            return new Snapshots(folder).Take(SnapshotKind.BeforeMigration, now).Path;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException($"The database has to be migrated, and no snapshot of it could be written before ({e.Message.TrimEnd('.')}). Nothing was changed. Make room in {folder.Snapshots} and start again.");
        }
    }

    private static async Task ApplyOrPutBackAsync(CrmDb db, DataFolder folder, string snapshot, string first, CancellationToken cancel)
    {
        try
        {
            await ApplyAsync(db, folder, cancel);
            // An index that it knows nothing of yet would lead the planner astray.
            await db.AnalyzeAsync(cancel);
        }
        catch (Exception e)
        {
            await db.Database.GetDbConnection().DisposeAsync();
            DatabaseFile.Replace(folder.Database, snapshot);
            throw new DatabaseRefusedException(
                $"The database could not be migrated, beginning with {first}: {e.Message.TrimEnd('.')}. It is again as it was before, and the snapshot {snapshot} holds the same. "
                + "Nothing was started. Use the version that ran before, and tell its makers.");
        }
    }

    private static async Task ApplyAsync(CrmDb db, DataFolder folder, CancellationToken cancel)
    {
        DatabaseFile.LetReadersBe(folder.Database);
        // A migration that was killed leaves its own lock behind, and the next would wait for it for ever. The folder's lock
        // is held here: nobody else migrates.
        await db.Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS __EFMigrationsLock", cancel);
        await db.Database.MigrateAsync(cancel);
    }
}
