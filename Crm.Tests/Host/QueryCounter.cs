using System.Collections.Concurrent;
using System.Data.Common;
using Crm.Web.Requests;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Tests.Host;

/// <summary>Counts and keeps the commands that Entity Framework sends.</summary>
public sealed class QueryCounter : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _commands = [];
    private readonly ConcurrentQueue<string> _all = [];

    /// <summary>For requests. What is done in the background may come at any moment.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    /// <summary>In the background too, and for what is answered before a request is watched.</summary>
    public IReadOnlyCollection<string> All => _all;

    public void Clear()
    {
        _commands.Clear();
        _all.Clear();
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Keep(command);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Keep(command);
        return result;
    }

    private void Keep(DbCommand command)
    {
        _all.Enqueue(command.CommandText);
        if (RequestTimes.Current is not null)
        {
            _commands.Enqueue(command.CommandText);
        }
    }
}
