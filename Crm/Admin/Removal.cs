using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Data;
using Crm.Timeline;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>
/// Deletes what is personal of somebody, for good: what they wrote and did stays, under “Former member”. The caller holds the
/// write transaction.
/// </summary>
public sealed class Removal(CrmDb db)
{
    // What the history of an account says about the work, and not about the person.
    private static readonly string[] Impersonal = [nameof(Person.Role), nameof(Person.DisabledAt), nameof(Person.DeletedAt)];

    public async Task RunAsync(Person person, DateTime now, CancellationToken cancel)
    {
        var (id, name) = (person.Id, person.Name);
        var addresses = await AddressesAsync(person, cancel);
        await Departure.ShutAsync(db, person, now, cancel);
        db.ProjectMembers.RemoveRange(await db.ProjectMembers.IgnoreQueryFilters().Where(m => m.PersonId == id).ToListAsync(cancel));
        db.TaskMembers.RemoveRange(await db.TaskMembers.IgnoreQueryFilters().Where(m => m.PersonId == id).ToListAsync(cancel));
        person.Leave(now);
        await db.SaveChangesAsync(cancel);

        await db.UserTokens.Where(t => t.UserId == id).ExecuteDeleteAsync(cancel);
        await db.UserLogins.Where(l => l.UserId == id).ExecuteDeleteAsync(cancel);
        await db.UserPasskeys.Where(k => k.UserId == id).ExecuteDeleteAsync(cancel);
        await db.UserClaims.Where(c => c.UserId == id).ExecuteDeleteAsync(cancel);
        await db.SignIns.Where(e => e.PersonId == id).ExecuteDeleteAsync(cancel);
        await db.Invitations.Where(i => i.PersonId == id || addresses.Contains(i.Email!) || addresses.Contains(i.Email!.ToLower())).ExecuteDeleteAsync(cancel);
        await BlankAsync(id, addresses, cancel);
        await OldDeliveries.ForgetAsync(db, [name, .. addresses], cancel);
        await ForgetImportsAsync(person.ImportKey, cancel);
    }

    /// <summary>Every address that they had here, as it was written and in small letters: an invitation may write it in another way.</summary>
    private async Task<List<string>> AddressesAsync(Person person, CancellationToken cancel)
    {
        var changes = await db.Changes.Where(c => c.Kind == nameof(Person) && c.RecordId == person.Id && c.Field == nameof(Person.Email))
            .Select(c => new { c.From, c.To }).ToListAsync(cancel);
        var addresses = changes.SelectMany(c => new[] { c.From, c.To }).Append(person.Email).OfType<string>().ToList();
        return [.. addresses.Concat(addresses.Select(a => a.ToLowerInvariant())).Distinct(StringComparer.Ordinal)];
    }

    private async Task BlankAsync(int id, List<string> addresses, CancellationToken cancel)
    {
        await db.Changes.Where(c => c.Kind == nameof(Person) && c.RecordId == id && !Impersonal.Contains(c.Field))
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.From, (string?)null).SetProperty(x => x.To, (string?)null), cancel);
        await db.Changes.Where(c => c.Kind == nameof(Invitation)
                && (addresses.Contains(c.From!) || addresses.Contains(c.To!) || addresses.Contains(c.From!.ToLower()) || addresses.Contains(c.To!.ToLower())))
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.From, (string?)null).SetProperty(x => x.To, (string?)null), cancel);
    }

    /// <summary>Imports keep what they were asked about, with the names of those on the board.</summary>
    private async Task ForgetImportsAsync(string? importKey, CancellationToken cancel)
    {
        if (importKey is null)
        {
            return;
        }

        foreach (var import in await db.Imports.ToListAsync(cancel))
        {
            import.Forget(importKey);
        }

        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>What ends when somebody may not come in any more.</summary>
public static class Departure
{
    /// <summary>Sessions, personal access tokens, links to come back by, and invitations that they may have kept for themselves.</summary>
    /// <returns>How many invitations of theirs were still open.</returns>
    public static async Task<int> ShutAsync(CrmDb db, Person person, DateTime now, CancellationToken cancel)
    {
        await Sessions.EndAllAsync(db, person.Id, cancel: cancel);
        await PersonalTokens.EndAllAsync(db, person.Id, cancel);
        await EmailChanges.ForgetAsync(db, person.Id, cancel);
        var open = await db.Invitations.Where(i => (i.InvitedById == person.Id || i.PersonId == person.Id) && i.AcceptedAt == null && i.RevokedAt == null).ToListAsync(cancel);
        open.ForEach(i => i.Revoke(now));
        await db.SaveChangesAsync(cancel);
        return open.Count;
    }
}
