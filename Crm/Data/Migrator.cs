using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data;

/// <summary>Brings the database to the shape that this program knows.</summary>
public static class Migrator
{
    /// <summary>Copies a database that holds something before it is changed, then applies what is missing.</summary>
    public static async Task MigrateAsync(CrmDb db, DataFolder folder, DateTime now, CancellationToken cancel = default)
    {
        folder.Create();
        var pending = await db.Database.GetPendingMigrationsAsync(cancel);
        if (!pending.Any())
        {
            return;
        }

        if (File.Exists(folder.Database) && (await db.Database.GetAppliedMigrationsAsync(cancel)).Any())
        {
            Copy(folder.Database, folder.SnapshotFor(now));
        }

        await db.Database.MigrateAsync(cancel);
    }

    private static void Copy(string from, string to)
    {
        using var source = new SqliteConnection(SqliteSettings.ConnectionString(from));
        using var target = new SqliteConnection(SqliteSettings.ConnectionString(to));
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        SqliteConnection.ClearPool(target);
    }
}
