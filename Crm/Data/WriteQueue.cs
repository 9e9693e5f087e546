using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Data;

/// <summary>
/// Where the writers of this process wait for their turn, first come, first served. SQLite has one writer at a time, and its
/// driver waits for it asleep on a thread, 150 ms at a time: fifty at once would starve those who only read. A turn ends with the
/// commit; who commits then waits for the disk, while the next one writes already.
/// </summary>
public sealed class WriteQueue(SqliteSettings settings, WriteAheadLog log) : IDisposable
{
    private const int Busy = 5;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly WriteAheadLog _log = log;

    public Task<IDbContextTransaction> BeginAsync(DatabaseFacade database, CancellationToken cancel) => BeginAsync(database, settings.LockTimeout, cancel);

    /// <param name="patience">How long to wait for others. Whole seconds.</param>
    public async Task<IDbContextTransaction> BeginAsync(DatabaseFacade database, TimeSpan patience, CancellationToken cancel)
    {
        var since = Environment.TickCount64;
        if (!await _turn.WaitAsync(patience, cancel))
        {
            throw new SqliteException("Others were writing for too long.", Busy);
        }

        try
        {
            await database.OpenConnectionAsync(cancel);
            return await BeginAsync(database, patience.TotalMilliseconds - (Environment.TickCount64 - since), cancel);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Another program may hold the lock; what is left of the patience, in milliseconds, is for that.</summary>
    private async Task<IDbContextTransaction> BeginAsync(DatabaseFacade database, double left, CancellationToken cancel)
    {
        var connection = (SqliteConnection)database.GetDbConnection();
        connection.DefaultTimeout = Math.Max(1, (int)(left / 1000));
        try
        {
            DatabaseFile.Run(connection, "PRAGMA synchronous=NORMAL");
            return new Turn(await database.BeginTransactionAsync(cancel), database, this);
        }
        catch
        {
            Leave(database);
            throw;
        }
        finally
        {
            connection.DefaultTimeout = (int)settings.LockTimeout.TotalSeconds;
        }
    }

    /// <summary>What is written out of turn is flushed by SQLite again.</summary>
    private static void Leave(DatabaseFacade database)
    {
        try
        {
            DatabaseFile.Run((SqliteConnection)database.GetDbConnection(), "PRAGMA synchronous=FULL");
        }
        finally
        {
            database.CloseConnection();
        }
    }

    /// <summary>A transaction that lets the next one in when it ends.</summary>
    private sealed class Turn(IDbContextTransaction inner, DatabaseFacade database, WriteQueue queue) : IDbContextTransaction, IInfrastructure<DbTransaction>
    {
        private bool _hasEnded;

        public Guid TransactionId => inner.TransactionId;

        public bool SupportsSavepoints => inner.SupportsSavepoints;

        DbTransaction IInfrastructure<DbTransaction>.Instance => inner.GetDbTransaction();

        public void Commit() => CommitAsync().GetAwaiter().GetResult();

        public async Task CommitAsync(CancellationToken cancellationToken = default)
        {
            await inner.CommitAsync(cancellationToken);
            End();
            await queue._log.FlushAsync();
        }

        public void Rollback()
        {
            inner.Rollback();
            End();
        }

        public async Task RollbackAsync(CancellationToken cancellationToken = default)
        {
            await inner.RollbackAsync(cancellationToken);
            End();
        }

        public void CreateSavepoint(string name) => inner.CreateSavepoint(name);

        public void RollbackToSavepoint(string name) => inner.RollbackToSavepoint(name);

        public void ReleaseSavepoint(string name) => inner.ReleaseSavepoint(name);

        public void Dispose()
        {
            try
            {
                inner.Dispose();
            }
            finally
            {
                End();
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await inner.DisposeAsync();
            }
            finally
            {
                End();
            }
        }

        private void End()
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            try
            {
                Leave(database);
            }
            finally
            {
                queue._turn.Release();
            }
        }
    }
}
