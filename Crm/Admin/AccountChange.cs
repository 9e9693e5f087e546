using System.Globalization;
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
        return changes.ConvertAll(c => new AccountChange(Say(c.Field, c.From, c.To), c.Who ?? (c.Via == Via.Command ? "the command line" : "somebody"), c.At));
    }

    private static string Say(string field, string? from, string? to) => field switch
    {
        nameof(Person.DisabledAt) => to is null ? "Enabled" : "Disabled",
        nameof(Person.Email) => $"E-mail: {from ?? "none"} → {to ?? "none"}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{field}: {from} → {to}"),
    };
}
