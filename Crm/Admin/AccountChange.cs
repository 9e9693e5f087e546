using Crm.Accounts;
using Crm.Data;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>What happened to an account, in words.</summary>
public sealed record AccountChange(string Words, string Who, DateTime At)
{
    private const int Most = 20;

    /// <summary>The latest, newest first.</summary>
    public static async Task<List<AccountChange>> LoadAsync(CrmDb db, int personId, CancellationToken cancel)
    {
        var changes = await db.Changes.AsNoTracking()
            .Where(c => c.Kind == nameof(Person) && c.RecordId == personId)
            .OrderByDescending(c => c.Id).Take(Most)
            .Select(c => new { c.Field, c.From, c.To, c.At, c.Via, Who = c.Person == null ? null : c.Person.Name })
            .ToListAsync(cancel);
        return changes.ConvertAll(c => new AccountChange(Say(c.Field, c.From, c.To), c.Who ?? ChangeWords.Nobody(c.Via), c.At));
    }

    private static string Say(string field, string? from, string? to) => field switch
    {
        nameof(Person.DisabledAt) => to is null ? "Enabled" : "Disabled",
        nameof(Person.JoinedAt) => "Joined",
        Change.Created => "Created",
        _ => (from ?? "", to ?? "") switch
        {
            ("", ChangeWords.Set) => $"{Label(field)} set up",
            (ChangeWords.Set, "") => $"{Label(field)} removed",
            (ChangeWords.Set, _) => $"{Label(field)} changed",
            var (old, now) => $"{Label(field)}: {Value(old)} → {Value(now)}",
        },
    };

    private static string Label(string field) => ChangeWords.LabelOf(field) is var label ? char.ToUpperInvariant(label[0]) + label[1..] : field;

    private static string Value(string value) => value switch
    {
        "" => "none",
        "True" => "on",
        "False" => "off",
        _ => value,
    };
}
