namespace Crm.Data;

/// <summary>
/// SQLite's log of what was committed, <c>crm.db-wal</c>, and how it gets onto the disk: without the write lock, so that the next
/// writer need not wait for the disk, and at once for all who wait.
/// </summary>
public sealed class WriteAheadLog : IDisposable
{
    private readonly Action _flush;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _asked;
    private long _flushed;

    public WriteAheadLog(DataFolder folder)
        : this(() => Flush(folder.Database + "-wal"))
    {
    }

    internal WriteAheadLog(Action flush) => _flush = flush;

    /// <summary>Ends when all that was committed before the call outlives a power cut.</summary>
    /// <exception cref="NotFlushedException">The disk failed.</exception>
    public async Task FlushAsync()
    {
        var mine = Interlocked.Increment(ref _asked);
        await _turn.WaitAsync();
        try
        {
            if (_flushed < mine)
            {
                var all = Interlocked.Read(ref _asked);
                _flush();
                _flushed = all;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotFlushedException(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Opened anew each time: when its last connection closes, SQLite deletes the log, and makes another one later.</summary>
    private static void Flush(string log)
    {
        try
        {
            Disk.FlushFile(log);
        }
        catch (FileNotFoundException)
        {
            // All of it stands in the database itself, which SQLite has flushed before it deleted the log.
        }
    }
}
