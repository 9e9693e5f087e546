using Crm.Data;
using Microsoft.Data.Sqlite;

namespace Crm.Web;

/// <summary>When the database or its disk does not take what should be saved: which exceptions say so, and what people are told.</summary>
public static class Unavailable
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int BadDisk = 10;
    private const int Damaged = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    private static readonly ErrorMessage WhenFull = new("The server's disk is full", "Nothing was saved; reading goes on. What you typed is kept in this browser: send it again when an admin has made room.");

    private static readonly ErrorMessage WhenUnwritable = new("Nothing can be saved just now", "The server may read its data and not write it; reading goes on. What you typed is kept in this browser: send it again when an admin has mended that.");

    private static readonly ErrorMessage WhenNotFlushed = new("The server's disk has failed", "What you sent is saved, but might be lost should the server stop. Do not send it again: an admin has to look after the disk.");

    private static readonly ErrorMessage WhenDamaged = new("The database cannot be read", "Nothing was saved. An admin of the server has to look after it: the command 'check' says what is wrong.");

    public static bool IsBehind(Exception exception) => exception is SqliteException sqlite
        ? sqlite.SqliteErrorCode is Busy or Locked or ReadOnly or BadDisk or Damaged or Full or CannotOpen or NoDatabase
        : exception is NotFlushedException || Disk.IsUnwritable(exception);

    /// <summary>What an exception tells beside a 503; null where the status says enough.</summary>
    public static ErrorMessage? Message(int status, Exception? exception) => status != StatusCodes.Status503ServiceUnavailable ? null : exception switch
    {
        SqliteException { SqliteErrorCode: Full } => WhenFull,
        SqliteException { SqliteErrorCode: Damaged or NoDatabase } => WhenDamaged,
        SqliteException { SqliteErrorCode: ReadOnly or BadDisk or CannotOpen } => WhenUnwritable,
        NotFlushedException => WhenNotFlushed,
        not null when Disk.IsFull(exception) => WhenFull,
        not null when Disk.IsUnwritable(exception) => WhenUnwritable,
        { InnerException: { } inner } => Message(status, inner),
        _ => null,
    };
}
