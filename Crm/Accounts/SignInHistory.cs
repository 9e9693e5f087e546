using Crm.Data;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>One browser that somebody is signed in with, or one program.</summary>
public sealed record SessionRow(int Id, string Device, string Address, SignInMethod Method, bool HasSecondFactor, bool IsForCalls, DateTime CreatedAt, DateTime LastSeenAt, DateTime ExpiresAt);

/// <summary>One try to sign in.</summary>
/// <param name="IsKnown">In a browser in which the person had signed in before.</param>
public sealed record SignInRow(DateTime At, SignInOutcome Outcome, SignInMethod Method, string Address, string Device, bool IsKnown);

/// <summary>Where somebody is signed in, and who tried to.</summary>
/// <param name="Url">The page that it stands on, which ends sessions.</param>
/// <param name="PresentId">The session of whoever looks at it.</param>
public sealed record SignInHistory(string Url, int PresentId, IReadOnlyList<SessionRow> Sessions, Page<SignInRow> SignIns)
{
    private const int MostSessions = 100;
    private const int PageSize = 25;
    private const int LastPage = 1000;

    public bool HasOthers => Sessions.Any(s => s.Id != PresentId);

    public Pager Pager => SignIns.Pager(number => $"{Url}?page={number}");

    public static async Task<SignInHistory> LoadAsync(CrmDb db, int personId, string url, int presentId, string? page, DateTime now, CancellationToken cancel)
    {
        var number = int.TryParse(page, out var asked) ? Math.Clamp(asked, 1, LastPage) : 1;
        var sessions = await db.Sessions.Where(s => s.PersonId == personId && s.ExpiresAt > now)
            .OrderByDescending(s => s.LastSeenAt).ThenByDescending(s => s.Id).Take(MostSessions)
            .Select(s => new SessionRow(s.Id, s.Device, s.Address, s.Method, s.HasSecondFactor, s.AccessHash != null, s.CreatedAt, s.LastSeenAt, s.ExpiresAt))
            .ToListAsync(cancel);
        var tries = await db.SignIns.Where(e => e.PersonId == personId)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
            .Select(e => new SignInRow(e.At, e.Outcome, e.Method, e.Address, e.Device, e.DeviceHash != null))
            .PageAsync(number, PageSize, cancel);
        return new SignInHistory(url, presentId, [.. sessions.OrderByDescending(s => s.Id == presentId)], tries);
    }
}
