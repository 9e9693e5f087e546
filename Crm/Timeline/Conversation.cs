using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Timeline;

/// <summary>What stands at one place of a thread: an entry, or a change of the record.</summary>
public sealed record ThreadItem(DateTime At, Entry? Entry, ThreadEvent? Event);

/// <summary>The end of a thread, or an earlier stretch of it, oldest first, with the record's changes woven in for the team.</summary>
/// <param name="Earlier">Entry before which there are more, if there are.</param>
/// <param name="Before">Entry that this stretch ends before; null for the end of the thread.</param>
public sealed record Conversation(ThreadPlace Place, IReadOnlyList<ThreadItem> Items, int Count, int? Earlier, int? Before, CommentForm Form)
{
    public const int PageSize = 50;

    private const int MostChanges = 100;

    /// <summary>Two queries, a third when the changes name people; one more for an earlier stretch.</summary>
    public static async Task<Conversation> LoadAsync(
        CrmDb db, ThreadPlace place, CurrentUser user, Web.Clock clock, CancellationToken cancel, int? before = null)
    {
        var end = before is null ? null : await db.Interactions.In(place).Where(i => i.Id == before)
            .Select(i => (DateTime?)i.CreatedAt).FirstOrDefaultAsync(cancel);
        var entries = await EntriesAsync(db, place, user, end, before, cancel);
        var hasEarlier = entries.Count > PageSize;
        entries.RemoveRange(0, entries.Count - Math.Min(entries.Count, PageSize));
        var changes = !place.IsForTeam ? [] : await ChangesAsync(db, place, hasEarlier ? entries[0].CreatedAt : null, end, cancel);
        var words = new ChangeWords(clock, await PeopleAsync(db, changes, cancel));
        return new Conversation(
            place,
            Weave(entries, changes, words),
            entries.Count == 0 ? 0 : entries[0].Total,
            hasEarlier ? entries[0].Id : null,
            end is null ? null : before,
            CommentForm.New(place));
    }

    private static async Task<List<Entry>> EntriesAsync(CrmDb db, ThreadPlace place, CurrentUser user, DateTime? end, int? before, CancellationToken cancel)
    {
        var all = db.Interactions.In(place);
        if (end is not null)
        {
            all = all.Where(i => i.CreatedAt < end || (i.CreatedAt == end && i.Id < before));
        }

        var entries = await all.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(PageSize + 1)
            .AsEntries(db, place, user).ToListAsync(cancel);
        entries.Reverse();
        return entries;
    }

    private static async Task<List<RecordChange>> ChangesAsync(CrmDb db, ThreadPlace place, DateTime? start, DateTime? end, CancellationToken cancel)
    {
        var all = db.Changes.Where(c => c.Kind == place.Kind && c.RecordId == place.RecordId && !Change.Quiet.Contains(c.Field));
        if (start is not null)
        {
            all = all.Where(c => c.At >= start);
        }

        if (end is not null)
        {
            all = all.Where(c => c.At < end);
        }

        var changes = await all.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(MostChanges)
            .Select(c => new RecordChange(c.At, c.PersonId, c.Person == null ? null : c.Person.Name, c.Via, c.Field, c.From, c.To))
            .ToListAsync(cancel);
        changes.Reverse();
        return changes;
    }

    private static async Task<IReadOnlyDictionary<string, string>> PeopleAsync(CrmDb db, List<RecordChange> changes, CancellationToken cancel)
    {
        var ids = changes.Where(c => c.NamesPeople).SelectMany(c => new[] { c.From, c.To }).OfType<string>()
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Distinct().ToList();
        return ids.Count == 0
            ? new Dictionary<string, string>()
            : await db.People.Where(p => ids.Contains(p.Id))
                .ToDictionaryAsync(p => p.Id.ToString(CultureInfo.InvariantCulture), p => p.Name, cancel);
    }

    private static List<ThreadItem> Weave(List<Entry> entries, List<RecordChange> changes, ChangeWords words)
    {
        var items = new List<ThreadItem>();
        RecordChange? open = null;
        foreach (var (at, entry, change) in changes.Select(c => (c.At, Entry: (Entry?)null, Change: (RecordChange?)c))
            .Concat(entries.Select(e => (At: e.CreatedAt, Entry: (Entry?)e, Change: (RecordChange?)null)))
            .OrderBy(i => i.At))
        {
            if (open?.Join(change) is { } joined)
            {
                open = joined;
                continue;
            }

            Close();
            open = change;
            if (entry is not null)
            {
                items.Add(new ThreadItem(at, entry, null));
            }
        }

        Close();
        return items;

        void Close()
        {
            if (open is { IsUndone: false })
            {
                items.Add(new ThreadItem(open.At, null, words.Of(open)));
            }
        }
    }
}
