using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>Throws away what is no longer needed of sign-ins and sessions.</summary>
public static class OldSignIns
{
    /// <summary>
    /// So many months in which anything was written are kept, whatever the clock says: one that is wrong by years for a day adds a
    /// month or two to those that hold entries, and thereby cannot make a year's history look old.
    /// </summary>
    public const int KeptMonths = 15;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static async Task DeleteAsync(CrmDb db, DateTime now, CancellationToken cancel)
    {
        var months = await db.SignIns.Select(e => new { e.At.Year, e.At.Month }).Distinct()
            .OrderByDescending(m => m.Year).ThenByDescending(m => m.Month).Take(KeptMonths).ToListAsync(cancel);
        if (months.Count < KeptMonths)
        {
            return;
        }

        var oldest = new DateTime(months[^1].Year, months[^1].Month, 1, 0, 0, 0, DateTimeKind.Utc);
        var yearAgo = now - Kept;
        await using var write = await db.BeginWriteAsync(cancel);
        await db.SignIns.Where(e => e.At < oldest && e.At < yearAgo).ExecuteDeleteAsync(cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>By the clock alone: a session that ends early costs its person a sign-in.</summary>
    public static Task DeleteSessionsAsync(CrmDb db, DateTime now, CancellationToken cancel) =>
        db.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
}
