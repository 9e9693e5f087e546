using Microsoft.Data.Sqlite;

namespace Crm.Data;

/// <summary>
/// What every connection to the file needs. <c>synchronous=FULL</c>: an acknowledged write survives a power cut; in the turns of the
/// <see cref="WriteQueue"/>, the <see cref="WriteAheadLog"/> sees to that.
/// </summary>
public sealed class SqliteSettings
{
    public static readonly TimeSpan UsualLockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long a writer waits for another's write before it gives up. Whole seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = UsualLockTimeout;

    public static string ConnectionString(string file) => new SqliteSettings().StringFor(file);

    /// <summary>
    /// Call before anything else opens a database. SQLite counts the bytes that it has allocated, under one lock for all connections;
    /// nobody asks for that figure.
    /// </summary>
    public static void CountNoBytes()
    {
        const int MemoryStatistics = 9;
        SQLitePCL.Batteries_V2.Init();
        // Refused when the library is in use already, as in a process that starts the program twice; then all stays as it was.
        _ = SQLitePCL.raw.sqlite3_config(MemoryStatistics, 0);
    }

    public string StringFor(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        DefaultTimeout = (int)LockTimeout.TotalSeconds,
        // A context keeps its connection: see KeptConnection.
        Pooling = false,
    }.ToString();

    /// <summary>Once for each connection, when it is opened.</summary>
    internal static void Prepare(SqliteConnection connection)
    {
        connection.CreateFunction<string?, string>(Folding.Function, Folding.Fold, isDeterministic: true);
        using var pragma = connection.CreateCommand();
        // Whatever anybody commits empties the pages that a connection keeps: many of them (2 MB is the default) are of no use.
        pragma.CommandText = "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-512;";
        pragma.ExecuteNonQuery();
    }
}
