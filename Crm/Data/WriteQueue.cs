using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Data;

/// <summary>
/// Where the writers of this process wait for their turn, first come, first served. SQLite has one writer at a time, and its
/// driver waits for it asleep on a thread, 150 ms at a time: fifty at once would starve those who only read.
/// </summary>
public sealed class WriteQueue(SqliteSettings settings) : IDisposable
{
    private const int Busy = 5;
    private readonly SemaphoreSlim _turn = new(1, 1);

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
            return new Turn(await BeginAsync(database, patience.TotalMilliseconds - (Environment.TickCount64 - since), cancel), _turn);
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
            return await database.BeginTransactionAsync(cancel);
        }
        finally
        {
            connection.DefaultTimeout = (int)settings.LockTimeout.TotalSeconds;
        }
    }

    /// <summary>A transaction that lets the next one in when it ends.</summary>
    private sealed class Turn(IDbContextTransaction inner, SemaphoreSlim turn) : IDbContextTransaction, IInfrastructure<DbTransaction>
    {
        private SemaphoreSlim? _turn = turn;

        public Guid TransactionId => inner.TransactionId;

        public bool SupportsSavepoints => inner.SupportsSavepoints;

        DbTransaction IInfrastructure<DbTransaction>.Instance => inner.GetDbTransaction();

        public void Commit()
        {
            inner.Commit();
            End();
        }

        public async Task CommitAsync(CancellationToken cancellationToken = default)
        {
            await inner.CommitAsync(cancellationToken);
            End();
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

        private void End() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
