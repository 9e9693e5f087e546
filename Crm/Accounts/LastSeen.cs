using Crm.Accounts.Tokens;
using Crm.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>Notes when a session or a token was last used, and its person last seen, without keeping anybody waiting for it.</summary>
public sealed class LastSeen(TimeProvider time)
{
    /// <summary>How exact it is; writing it with each request would make every reader a writer.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    /// <summary>After a write that was refused, nobody who only reads is kept waiting for another for this long.</summary>
    private static readonly TimeSpan RestAfterRefusal = TimeSpan.FromMinutes(1);

    private long _restsUntil;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>It was noted too long ago, and is not resting after a refusal.</summary>
    public bool IsDue(DateTime? last) => !(Now - last <= Step) && time.GetTimestamp() >= Interlocked.Read(ref _restsUntil);

    public Task NoteAsync(CrmDb db, IQueryable<Session> which, int personId, DateTime? last, string address, CancellationToken cancel) =>
        NoteAsync(db, personId, last, now => which.ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now).SetProperty(x => x.Address, address), cancel), cancel);

    /// <param name="last">Null when it was never used.</param>
    public Task NoteAsync(CrmDb db, IQueryable<PersonalToken> which, int personId, DateTime? last, string address, CancellationToken cancel) =>
        NoteAsync(db, personId, last, now => which.ExecuteUpdateAsync(t => t.SetProperty(x => x.LastUsedAt, now).SetProperty(x => x.LastAddress, address), cancel), cancel);

    private async Task NoteAsync(CrmDb db, int personId, DateTime? last, Func<DateTime, Task> note, CancellationToken cancel)
    {
        if (!IsDue(last))
        {
            return;
        }

        var now = Now;
        var usual = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(1);
        try
        {
            await note(now);
            await db.People.Where(p => p.Id == personId).ExecuteUpdateAsync(p => p.SetProperty(x => x.LastSeenAt, now), cancel);
        }
        catch (SqliteException)
        {
            // A database that cannot be written just now can still be read.
            Interlocked.Exchange(ref _restsUntil, time.GetTimestamp() + (long)(RestAfterRefusal.TotalSeconds * time.TimestampFrequency));
        }
        finally
        {
            db.Database.SetCommandTimeout(usual);
        }
    }
}
