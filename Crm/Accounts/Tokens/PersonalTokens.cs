using Crm.Accounts.Security;
using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Tokens;

/// <summary>Makes and revokes personal access tokens, and tells their owners.</summary>
public sealed class PersonalTokens(CrmDb db, CurrentUser user, SecurityMail mail, TimeProvider time)
{
    public const string TooMany = "You have 50 tokens, and more than that nobody has. Revoke one that is not needed any more.";

    /// <summary>Expired ones stay in the list for a while, so that their owner sees why a program stopped.</summary>
    private static readonly TimeSpan KeptExpired = TimeSpan.FromDays(30);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Of one person, the newest first.</summary>
    public static Task<List<PersonalToken>> ListAsync(CrmDb db, int personId, CancellationToken cancel) =>
        db.PersonalTokens.AsNoTracking().Where(t => t.PersonId == personId).OrderByDescending(t => t.Id).Take(2 * PersonalToken.Most).ToListAsync(cancel);

    /// <summary>All of a person's go. Call within a write transaction, and save afterwards.</summary>
    public static async Task EndAllAsync(CrmDb db, int personId, CancellationToken cancel) =>
        db.PersonalTokens.RemoveRange(await db.PersonalTokens.Where(t => t.PersonId == personId).ToListAsync(cancel));

    /// <summary>Makes one for whoever is signed in.</summary>
    /// <returns>Null when they have <see cref="TooMany"/>. The secret is known to nobody afterwards.</returns>
    public async Task<(PersonalToken Token, string Secret)?> MakeAsync(NewToken input, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var now = Now;
        if (await db.PersonalTokens.CountAsync(t => t.PersonId == user.Id && t.ExpiresAt > now, cancel) >= PersonalToken.Most)
        {
            return null;
        }

        var tooOld = now - KeptExpired;
        await db.PersonalTokens.Where(t => t.PersonId == user.Id && t.ExpiresAt < tooOld).ExecuteDeleteAsync(cancel);
        var secret = BearerToken.Make(BearerToken.Personal);
        var token = PersonalToken.Make(secret, input, user, now);
        db.PersonalTokens.Add(token);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        await TellAsync(
            user.Id,
            "A personal access token was made",
            $"the personal access token “{token.Name}” was made for your account just now. Until {token.ExpiresAt:d MMMM yyyy} a program can {(token.Scope == TokenScope.Read ? "read" : "read and change")} with it what you can.",
            cancel);
        return (token, secret);
    }

    /// <returns>False when the person has no such token.</returns>
    public async Task<bool> RevokeAsync(int personId, int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.PersonalTokens.FirstOrDefaultAsync(t => t.PersonId == personId && t.Id == id, cancel) is not { } token)
        {
            return false;
        }

        db.PersonalTokens.Remove(token);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        if (personId != user.Id)
        {
            await TellAsync(personId, "A personal access token was revoked", $"{user.Name} revoked the personal access token “{token.Name}” of your account. Programs that used it are not let in any more.", cancel);
        }

        return true;
    }

    private async Task TellAsync(int personId, string subject, string what, CancellationToken cancel) =>
        await mail.TellAsync(await db.People.AsNoTracking().FirstAsync(p => p.Id == personId, cancel), subject, what, cancel);
}
