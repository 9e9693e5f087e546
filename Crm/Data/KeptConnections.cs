using System.Collections.Concurrent;

namespace Crm.Data;

/// <summary>The connections of this program's contexts, which stay open until the program ends: a pool of contexts that ends does not dispose of them.</summary>
public sealed class KeptConnections(SqliteSettings settings, DataFolder folder) : IDisposable
{
    private readonly ConcurrentDictionary<KeptConnection, bool> _all = new();
    private int _generation;

    /// <summary>Those that were opened in an earlier one are opened anew.</summary>
    internal int Generation => Volatile.Read(ref _generation);

    public KeptConnection Make()
    {
        var connection = new KeptConnection(settings.StringFor(folder.Database), this);
        connection.Disposed += (_, _) => _all.TryRemove(connection, out _);
        _all[connection] = true;
        return connection;
    }

    /// <summary>After the statistics have changed by which questions are planned: SQLite reads them when a connection is opened.</summary>
    public void PlanAnew() => Interlocked.Increment(ref _generation);

    /// <summary>With the last of them SQLite writes all into the one file.</summary>
    public void Dispose()
    {
        foreach (var connection in _all.Keys)
        {
            connection.Dispose();
        }
    }
}
