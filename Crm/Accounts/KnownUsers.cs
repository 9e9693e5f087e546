using Crm.Data;
using Crm.Web;

namespace Crm.Accounts;

/// <summary>
/// Knows whom a session's key or a program's token stands for. Who that is, and whether they may still come in, is read anew as soon
/// as anything in the database has changed.
/// </summary>
public sealed class KnownUsers(LastSeen seen, DataVersion versions, TimeProvider time)
{
    private const int Most = 10_000;

    private readonly UntilWritten<KnownUser> _known = new(versions, Most);

    /// <param name="hash">Of the key or the token.</param>
    /// <param name="read">Reads whom it stands for at this moment; null for nobody.</param>
    /// <param name="note">Notes that it was used: it is asked each time that somebody was read.</param>
    public async Task<KnownUser?> FindAsync(string hash, Func<DateTime, Task<KnownUser?>> read, Func<KnownUser, Task> note)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var moment = _known.Moment;
        if (moment is { } present && _known.Find(present, hash) is { } known && known.Until > now && !seen.IsDue(known.SeenAt))
        {
            return known;
        }

        if (await read(now) is not { } found)
        {
            return null;
        }

        await note(found);
        if (moment is { } asked)
        {
            _known.Keep(asked, hash, found, 1);
        }

        return found;
    }
}

/// <param name="SeenAt">When it was last noted that it was used; null for never.</param>
/// <param name="Until">It ends then by itself.</param>
public sealed record KnownUser(DateTime? SeenAt, DateTime Until, CurrentUser User);
