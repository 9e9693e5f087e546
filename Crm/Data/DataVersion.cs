using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Crm.Data;

/// <summary>
/// Knows whether the database is still as it was, whoever else writes to it: another request, or another program. Asking takes
/// some microseconds, and reads no table.
/// </summary>
public sealed class DataVersion(DataFolder folder, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private SqliteConnection? _connection;
    private SqliteCommand? _ask;
    private long _opened;

    /// <summary>
    /// The same as long as nothing was committed and the minute is the same. Null when the database does not answer: then nothing is
    /// known of it.
    /// </summary>
    public DataMoment? Current
    {
        get
        {
            lock (_lock)
            {
                try
                {
                    _ask ??= Open();
                    return new DataMoment(_opened, (long)_ask.ExecuteScalar()!, time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute);
                }
                catch (SqliteException)
                {
                    Close();
                    return null;
                }
            }
        }
    }

    /// <summary>Call after another file was put in the database's place.</summary>
    public void Reopen()
    {
        lock (_lock)
        {
            Close();
        }
    }

    public void Dispose() => Reopen();

    /// <summary>A connection of its own, which never writes: SQLite tells each connection of the commits of all others.</summary>
    private SqliteCommand Open()
    {
        _opened++;
        _connection = DatabaseFile.OpenToRead(folder.Database);
        var ask = _connection.CreateCommand();
        ask.CommandText = "PRAGMA data_version";
        ask.CommandTimeout = 1;
        ask.Prepare();
        return ask;
    }

    private void Close()
    {
        _ask?.Dispose();
        _connection?.Dispose();
        (_ask, _connection) = (null, null);
    }
}

/// <summary>What the database holds, in a minute of time. Only good for being compared.</summary>
/// <param name="Opened">How often the file was opened: each time SQLite counts anew.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DataMoment(long Opened, long Version, long Minute);
