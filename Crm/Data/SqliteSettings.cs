using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Data;

/// <summary>
/// What every connection to the file needs. <c>synchronous=FULL</c>: an acknowledged write survives a power cut.
/// </summary>
public sealed class SqliteSettings : DbConnectionInterceptor
{
    public static readonly TimeSpan UsualLockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long a writer waits for another's write before it gives up. Whole seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = UsualLockTimeout;

    public static string ConnectionString(string file) => new SqliteSettings().StringFor(file);

    public string StringFor(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        ForeignKeys = true,
        DefaultTimeout = (int)LockTimeout.TotalSeconds,
    }.ToString();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private static void Prepare(SqliteConnection connection)
    {
        connection.CreateFunction<string?, string>(Folding.Function, Folding.Fold, isDeterministic: true);
        using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;";
        pragma.ExecuteNonQuery();
    }
}
