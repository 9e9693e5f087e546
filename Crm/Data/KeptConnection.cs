using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Data;

/// <summary>
/// Stays open behind the scenes when it is closed, and keeps its statements prepared: to open a connection and to plan a question take
/// longer than most answers. Belongs to one context, which serves one request at a time.
/// </summary>
public sealed class KeptConnection(string connectionString, KeptConnections all) : SqliteConnection(connectionString)
{
    /// <summary>So many of the latest are kept. Each takes some kilobytes.</summary>
    private const int MostStatements = 40;

    private readonly Dictionary<string, KeptStatement> _statements = new(StringComparer.Ordinal);
    private bool _isInUse;
    private int _generation;
    private long _uses;

    public override ConnectionState State => _isInUse ? base.State : ConnectionState.Closed;

    /// <summary>See <see cref="KeptConnections.PlanAnew"/>.</summary>
    public void PlanAnew() => all.PlanAnew();

    public override void Open()
    {
        if (!_isInUse && _generation != all.Generation)
        {
            CloseForGood();
        }

        _isInUse = true;
        if (base.State != ConnectionState.Open)
        {
            _generation = all.Generation;
            base.Open();
            SqliteSettings.Prepare(this);
        }
    }

    /// <summary>What was left half done is not kept.</summary>
    public override void Close()
    {
        Transaction?.Dispose();
        if (_statements.Values.Any(statement => statement.IsInUse))
        {
            CloseForGood();
        }

        _isInUse = false;
    }

    /// <returns>The same question, prepared already when it was asked before.</returns>
    private SqliteCommand Prepared(SqliteCommand command)
    {
        if (!_statements.TryGetValue(command.CommandText, out var kept))
        {
            MakeRoom();
            kept = new KeptStatement { CommandText = command.CommandText, Connection = this };
            _statements.Add(command.CommandText, kept);
        }
        else if (kept.IsInUse)
        {
            return command;
        }

        kept.Use(command, ++_uses);
        command.Dispose();
        return kept;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseForGood();
        }

        base.Dispose(disposing);
    }

    private void CloseForGood()
    {
        _isInUse = true;
        foreach (var statement in _statements.Values)
        {
            statement.Forget();
        }

        _statements.Clear();
        base.Close();
        _isInUse = false;
    }

    private void MakeRoom()
    {
        if (_statements.Count >= MostStatements && _statements.Values.Where(s => !s.IsInUse).MinBy(s => s.LastUse) is { } oldest)
        {
            _statements.Remove(oldest.CommandText);
            oldest.Forget();
        }
    }

    /// <summary>Has questions of the context take the statement that is prepared.</summary>
    public sealed class Statements : DbCommandInterceptor
    {
        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) =>
            result is SqliteCommand { Connection: KeptConnection connection } command ? connection.Prepared(command) : result;
    }

    /// <summary>Who is done with it disposes of it as of any command.</summary>
    private sealed class KeptStatement : SqliteCommand
    {
        public bool IsInUse { get; private set; }

        public long LastUse { get; private set; }

        public void Use(SqliteCommand command, long use)
        {
            (IsInUse, LastUse) = (true, use);
            (Transaction, CommandTimeout) = (command.Transaction, command.CommandTimeout);
            foreach (SqliteParameter parameter in command.Parameters)
            {
                Parameters.Add(parameter);
            }
        }

        public void Forget() => base.Dispose(disposing: true);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                DataReader?.Dispose();
                Parameters.Clear();
                Transaction = null;
                IsInUse = false;
            }
        }
    }
}
