using Crm.Data;
using Crm.Tests.Host;
using Microsoft.Data.Sqlite;

namespace Crm.Tests.Accounts.Matrix;

/// <summary>Sees whether a request has changed the database, and puts back what was there before.</summary>
internal sealed class MatrixDatabase : IAsyncDisposable
{
    private readonly SqliteConnection _live;
    private readonly SqliteConnection _first = new("Data Source=:memory:");
    private long _version;

    private MatrixDatabase(string file) => _live = new SqliteConnection(SqliteSettings.ConnectionString(file));

    public static async Task<MatrixDatabase> OpenAsync(CrmHost host)
    {
        var database = new MatrixDatabase(host.Folder.Database);
        await database._live.OpenAsync(TestContext.Current.CancellationToken);
        await database._first.OpenAsync(TestContext.Current.CancellationToken);
        await database.RunAsync("PRAGMA synchronous = OFF");
        database._live.BackupDatabase(database._first);
        database._version = await database.VersionAsync();
        return database;
    }

    /// <summary>Since it was asked last: whether anybody else has written.</summary>
    public async Task<bool> HasChangedAsync()
    {
        var before = _version;
        _version = await VersionAsync();
        return _version != before;
    }

    /// <summary>All as it was in the beginning.</summary>
    public void PutBack() => _first.BackupDatabase(_live);

    /// <summary>Changes something by itself, past the program.</summary>
    public async Task RunAsync(string sql)
    {
        await using var command = _live.CreateCommand();
#pragma warning disable CA2100 // written in the tests
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _live.DisposeAsync();
        await _first.DisposeAsync();
    }

    private async Task<long> VersionAsync()
    {
        await using var command = _live.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
