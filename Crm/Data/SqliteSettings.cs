using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Data;

/// <summary>
/// What every connection to the file needs. <c>synchronous=FULL</c>: an acknowledged write survives a power cut.
/// </summary>
public sealed class SqliteSettings : DbConnectionInterceptor
{
    /// <summary>How long a connection waits for another's write before it gives up, in seconds.</summary>
    public const int LockTimeout = 5;

    public static string ConnectionString(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        ForeignKeys = true,
        DefaultTimeout = LockTimeout,
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
