using System.Globalization;
using Crm.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>
/// Keys that a device keeps and opens with a finger, a face or a PIN. One is both proofs at once: having the device, and being
/// its owner.
/// </summary>
public sealed class Passkeys(CrmDb db, UserManager<Person> users, IPasskeyHandler<Person> handler, ShortCookie cookie, TimeProvider time)
{
    public const int NameLength = 60;

    /// <summary>More than these are nobody's devices.</summary>
    public const int Most = 20;

    private const string Creating = "crm-passkey-new";
    private const string Asking = "crm-passkey";
    private const string LastUse = "PasskeyUse";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>What the browser needs to make one for this person.</summary>
    public async Task<string> OfferAsync(HttpContext context, Person person)
    {
        var id = person.Id.ToString(CultureInfo.InvariantCulture);
        var offer = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = id, Name = person.Email ?? person.Name, DisplayName = person.Name }, context);
        cookie.Write(context, Creating, $"{id} {offer.AttestationState}");
        return offer.CreationOptionsJson;
    }

    /// <summary>Takes the one that the browser has made. Call within a write transaction.</summary>
    /// <returns>False when it is not an answer to our offer.</returns>
    public async Task<bool> AddAsync(HttpContext context, Person person, string name, string? credential)
    {
        ShortCookie.Forget(context, Creating);
        if (cookie.Read(context, Creating)?.Split(' ', 2) is not [var id, var state] || id != person.Id.ToString(CultureInfo.InvariantCulture))
        {
            return false;
        }

        var made = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential ?? "", AttestationState = state });
        if (!made.Succeeded || made.UserEntity.Id != id || await users.FindByPasskeyIdAsync(made.Passkey.CredentialId) is not null)
        {
            return false;
        }

        made.Passkey.Name = name;
        person.TwoFactorEnabled = true;
        return (await users.AddOrUpdatePasskeyAsync(person, made.Passkey)).Succeeded;
    }

    /// <summary>What the browser needs to ask for one.</summary>
    /// <param name="person">Null when the passkey itself tells who they are.</param>
    public async Task<string> AskAsync(HttpContext context, Person? person)
    {
        var question = await handler.MakeRequestOptionsAsync(person, context);
        cookie.Write(context, Asking, question.AssertionState ?? "");
        return question.RequestOptionsJson;
    }

    /// <summary>Judges the browser's answer. Call within a write transaction.</summary>
    /// <returns>Null when it is no answer to our question, or of nobody here.</returns>
    public async Task<Person?> JudgeAsync(HttpContext context, string? credential, CancellationToken cancel)
    {
        ShortCookie.Forget(context, Asking);
        if (cookie.Read(context, Asking) is not { } state)
        {
            return null;
        }

        var answer = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential ?? "", AssertionState = state });
        if (!answer.Succeeded || !answer.Passkey.IsUserVerified)
        {
            return null;
        }

        await users.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey);
        await NoteUseAsync(answer.User, answer.Passkey.CredentialId, cancel);
        return answer.User;
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<PasskeyRow>> ListAsync(int personId, CancellationToken cancel)
    {
        var keys = await db.UserPasskeys.AsNoTracking().Where(p => p.UserId == personId).ToListAsync(cancel);
        var uses = await db.UserTokens.AsNoTracking().Where(t => t.UserId == personId && t.LoginProvider == LastUse).ToDictionaryAsync(t => t.Name, t => t.Value, cancel);
        return
        [
            .. keys.OrderBy(k => k.Data.CreatedAt).Select(k => new PasskeyRow(
                WebEncoders.Base64UrlEncode(k.CredentialId),
                k.Data.Name ?? "Passkey",
                k.Data.CreatedAt.UtcDateTime,
                uses.GetValueOrDefault(UseName(k.CredentialId)) is { } at ? DateTime.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null)),
        ];
    }

    /// <returns>Null when the person has none with this key.</returns>
    public async Task<UserPasskeyInfo?> FindAsync(Person person, string key)
    {
        try
        {
            return await users.GetPasskeyAsync(person, WebEncoders.Base64UrlDecode(key));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public async Task RenameAsync(Person person, UserPasskeyInfo passkey, string name)
    {
        passkey.Name = name;
        await users.AddOrUpdatePasskeyAsync(person, passkey);
    }

    public async Task RemoveAsync(Person person, UserPasskeyInfo passkey, CancellationToken cancel)
    {
        await users.RemovePasskeyAsync(person, passkey.CredentialId);
        db.UserTokens.RemoveRange(await db.UserTokens.Where(t => t.UserId == person.Id && t.LoginProvider == LastUse && t.Name == UseName(passkey.CredentialId)).ToListAsync(cancel));
        await db.SaveChangesAsync(cancel);
    }

    private async Task NoteUseAsync(Person person, byte[] id, CancellationToken cancel)
    {
        var name = UseName(id);
        var use = await db.UserTokens.FirstOrDefaultAsync(t => t.UserId == person.Id && t.LoginProvider == LastUse && t.Name == name, cancel);
        if (use is null)
        {
            db.UserTokens.Add(use = new IdentityUserToken<int> { UserId = person.Id, LoginProvider = LastUse, Name = name });
        }

        use.Value = Now.ToString("O", CultureInfo.InvariantCulture);
        await db.SaveChangesAsync(cancel);
    }

    private static string UseName(byte[] id) => Secret.Hash(WebEncoders.Base64UrlEncode(id));
}

/// <param name="Key">What its address ends with.</param>
public sealed record PasskeyRow(string Key, string Name, DateTime CreatedAt, DateTime? UsedAt);
