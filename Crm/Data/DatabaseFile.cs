using Microsoft.Data.Sqlite;

namespace Crm.Data;

/// <summary>A database as a file: looked at, verified, copied and put back whole.</summary>
public static class DatabaseFile
{
    private const int RetryPause = 100;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Copies a database, while others may write to it, into one file that needs no other beside it.</summary>
    /// <remarks>When this returns the copy is whole, verified by opening it, and flushed to the disk. Until then nothing stands at <paramref name="to"/>.</remarks>
    /// <exception cref="DatabaseRefusedException">The copy is damaged, most likely because the original is.</exception>
    public static void Copy(string from, string to)
    {
        var part = to + ".part";
        Remove(part);
        try
        {
            using (var source = OpenToRead(from))
            using (var target = OpenToWrite(part))
            {
                source.BackupDatabase(target);
                Run(target, "PRAGMA journal_mode=DELETE");
            }

            if (DamageOf(part) is { } damage)
            {
                throw new DatabaseRefusedException($"{from} could not be copied: {damage}");
            }

            OwnerOnly(part);
            Disk.FlushFile(part);
            Disk.Put(part, to);
        }
        catch
        {
            Remove(part);
            throw;
        }
    }

    /// <summary>Makes a database hold what a file holds, in one transaction: whoever reads or writes meanwhile meets the old or the new.</summary>
    public static void Overwrite(string database, string with, TimeSpan atMost)
    {
        using var source = OpenToRead(with);
        using var target = OpenToWrite(database);
        Run(target, "PRAGMA synchronous=FULL");
        for (var until = Environment.TickCount64 + (long)atMost.TotalMilliseconds; ;)
        {
            try
            {
                source.BackupDatabase(target);
                return;
            }
            catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6 && Environment.TickCount64 < until)
            {
                Thread.Sleep(RetryPause);
            }
        }
    }

    /// <summary>Puts a file in a database's place. Nobody may have the database open.</summary>
    public static void Replace(string database, string with)
    {
        var part = database + ".part";
        try
        {
            File.Copy(with, part, overwrite: true);
            Disk.FlushFile(part);
        }
        catch (IOException)
        {
            // No space for a copy: then the original itself.
            Disk.TryDelete(part);
            part = with;
        }

        File.Delete(database + "-wal");
        File.Delete(database + "-shm");
        Disk.Put(part, database);
        LetReadersBe(database);
    }

    /// <summary>Turns write-ahead logging on, which a copy does not have: without it a writer would shut out those who read.</summary>
    public static void LetReadersBe(string database)
    {
        try
        {
            using var connection = OpenToWrite(database);
            Run(connection, "PRAGMA journal_mode=WAL");
        }
        catch (SqliteException)
        {
            // It cannot be written now, and can be read all the same.
        }
    }

    /// <summary>What is wrong with a file inside, in SQLite's words, or null.</summary>
    /// <param name="isQuick">All pages and rows; not whether each row stands in each index, which takes ten times as long.</param>
    public static string? DamageOf(string file, bool isQuick = false)
    {
        if (!IsSqlite(file))
        {
            return "it does not begin as SQLite's files do.";
        }

        try
        {
            using var connection = OpenToRead(file);
            // The default is 2 MB, with which the check takes three times as long: it looks up each row of each index.
            Run(connection, "PRAGMA cache_size=-32768");
            var answer = connection.Scalar<string>(isQuick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)");
            return answer == "ok" ? null : answer;
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }

    /// <summary>Refuses a file that is no database of this program, or one that a newer program has changed.</summary>
    /// <param name="known">The migrations of this program, oldest first.</param>
    /// <returns>The migrations that were applied to it; none for an empty file.</returns>
    /// <exception cref="DatabaseRefusedException">It says which and what to do.</exception>
    public static IReadOnlyList<string> Require(string file, IReadOnlyList<string> known)
    {
        if (!IsSqlite(file))
        {
            throw new DatabaseRefusedException($"{file} is no database: it does not begin as SQLite's files do. Restore a backup, or name another data folder.");
        }

        try
        {
            using var connection = OpenToRead(file);
            return Require(connection, file, known);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 11 or 26)
        {
            throw new DatabaseRefusedException($"The database {file} is damaged ({e.Message.TrimEnd('.')}). Nothing was changed. Restore the newest snapshot or a backup with 'restore FILE'.");
        }
    }

    /// <summary>Opens a file to look at it only. Not pooled: the file is let go at once.</summary>
    public static SqliteConnection OpenToRead(string file) => Open(file, SqliteOpenMode.ReadOnly);

    internal static SqliteConnection OpenToWrite(string file) => Open(file, SqliteOpenMode.ReadWriteCreate);

    internal static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal static T? Scalar<T>(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is T value ? value : default;
    }

    internal static IReadOnlyList<string> Column(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static IReadOnlyList<string> Require(SqliteConnection connection, string file, IReadOnlyList<string> known)
    {
        var tables = connection.Column("SELECT name FROM sqlite_master WHERE type = 'table'");
        if (!tables.Contains("__EFMigrationsHistory"))
        {
            return tables.Count == 0
                ? []
                : throw new DatabaseRefusedException($"{file} is a database of another program. Nothing was changed. Name another file or data folder.");
        }

        var applied = connection.Column("SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId");
        var unknown = applied.Except(known, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new DatabaseRefusedException(
                $"{file} was changed by a newer version of this program: it knows {unknown[^1]}, and this one ({Version}) only goes up to {known[^1]}. "
                + "Nothing was changed. Start the newer version, or restore a backup that was made before.");
        }

        return applied;
    }

    private static string Version => typeof(DatabaseFile).Assembly.GetName().Version!.ToString(3);

    private static bool IsSqlite(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> start = stackalloc byte[16];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return read == 0 || start[..read].SequenceEqual(Magic);
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = (int)SqliteSettings.UsualLockTimeout.TotalSeconds,
        }.ToString());
        try
        {
            connection.Open();
            connection.CreateFunction<string?, string>(Folding.Function, Folding.Fold, isDeterministic: true);
            Run(connection, "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void OwnerOnly(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void Remove(string file)
    {
        foreach (var path in new[] { file, file + "-journal", file + "-wal", file + "-shm" })
        {
            Disk.TryDelete(path);
        }
    }
}
