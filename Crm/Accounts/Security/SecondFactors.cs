using System.Globalization;
using Crm.Admin;
using Crm.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>
/// What somebody proves who they are with beside their password: an authenticator app, passkeys, and recovery codes for when
/// these are lost. On as soon as there is an app or a passkey. Every change is made within the caller's write transaction.
/// </summary>
public sealed class SecondFactors(CrmDb db, TimeProvider time)
{
    private const string Provider = "Crm";
    private const string Key = "AuthenticatorKey";
    internal const string LastStep = "AuthenticatorStep";
    private const string Codes = "RecoveryCodes";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>Why a person may not be left with these means alone, or null.</returns>
    public static string? RefusalToTakeAway(Workspace workspace, Means left) =>
        workspace.RequiresSecondFactor && !left.Any ? "This workspace asks everybody for a second factor. Set up another one before you take this one away." : null;

    /// <summary>What a person has.</summary>
    public async Task<Means> OfAsync(int personId, CancellationToken cancel)
    {
        var tokens = await db.UserTokens.AsNoTracking().Where(t => t.UserId == personId && t.LoginProvider == Provider).ToListAsync(cancel);
        var passkeys = await db.UserPasskeys.CountAsync(p => p.UserId == personId, cancel);
        var codes = tokens.Find(t => t.Name == Codes)?.Value ?? "";
        return new Means(tokens.Exists(t => t.Name == Key), passkeys, codes.Split(';', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>Takes a code of the authenticator app. The same one is not taken again.</summary>
    public async Task<bool> TakeCodeAsync(Person person, string? code, CancellationToken cancel)
    {
        if (await FindAsync(person, Key, cancel) is not { Value: { } key })
        {
            return false;
        }

        var last = long.Parse((await FindAsync(person, LastStep, cancel))?.Value ?? "-1", CultureInfo.InvariantCulture);
        if (Totp.StepOf(key, code, Now, last) is not { } step)
        {
            return false;
        }

        await SetAsync(person, LastStep, step.ToString(CultureInfo.InvariantCulture), cancel);
        return true;
    }

    /// <summary>Takes a recovery code, and with it uses it up.</summary>
    public async Task<bool> TakeRecoveryCodeAsync(Person person, string? code, CancellationToken cancel)
    {
        var kept = await FindAsync(person, Codes, cancel);
        var hashes = (kept?.Value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (!hashes.Remove(RecoveryCodes.Hash(code ?? "")))
        {
            return false;
        }

        await SetAsync(person, Codes, string.Join(';', hashes), cancel);
        return true;
    }

    /// <param name="step">The half minute of the code that confirmed the app.</param>
    public async Task PutAuthenticatorAsync(Person person, string key, long step, CancellationToken cancel)
    {
        await SetAsync(person, Key, key, cancel);
        await SetAsync(person, LastStep, step.ToString(CultureInfo.InvariantCulture), cancel);
        person.TwoFactorEnabled = true;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Makes new recovery codes; earlier ones are worthless from now on.</summary>
    public async Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(Person person, CancellationToken cancel)
    {
        var codes = RecoveryCodes.Make();
        await SetAsync(person, Codes, string.Join(';', codes.Select(RecoveryCodes.Hash)), cancel);
        return codes;
    }

    public async Task RemoveAuthenticatorAsync(Person person, CancellationToken cancel)
    {
        await RemoveAsync(person, t => t.Name == Key || t.Name == LastStep, cancel);
        await SettleAsync(person, cancel);
    }

    /// <summary>Takes everything away, for somebody who has lost all of it.</summary>
    public async Task ClearAsync(Person person, CancellationToken cancel)
    {
        db.UserPasskeys.RemoveRange(await db.UserPasskeys.Where(p => p.UserId == person.Id).ToListAsync(cancel));
        await RemoveAsync(person, IsOurs, cancel);
        await SettleAsync(person, cancel);
    }

    /// <summary>Call after a means was taken away: without any, the second factor is off and recovery codes are good for nothing.</summary>
    public async Task SettleAsync(Person person, CancellationToken cancel)
    {
        person.TwoFactorEnabled = (await OfAsync(person.Id, cancel)).Any;
        if (!person.TwoFactorEnabled)
        {
            await RemoveAsync(person, IsOurs, cancel);
        }

        await db.SaveChangesAsync(cancel);
    }

    private Task<IdentityUserToken<int>?> FindAsync(Person person, string name, CancellationToken cancel) =>
        db.UserTokens.FirstOrDefaultAsync(t => t.UserId == person.Id && t.LoginProvider == Provider && t.Name == name, cancel);

    private async Task SetAsync(Person person, string name, string value, CancellationToken cancel)
    {
        if (await FindAsync(person, name, cancel) is { } present)
        {
            present.Value = value;
        }
        else
        {
            db.UserTokens.Add(new IdentityUserToken<int> { UserId = person.Id, LoginProvider = Provider, Name = name, Value = value });
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Other parts of an account keep theirs in the same table.</summary>
    private static bool IsOurs(IdentityUserToken<int> token) => token.Name is Key or LastStep or Codes;

    private async Task RemoveAsync(Person person, Func<IdentityUserToken<int>, bool> which, CancellationToken cancel)
    {
        var tokens = await db.UserTokens.Where(t => t.UserId == person.Id && t.LoginProvider == Provider).ToListAsync(cancel);
        db.UserTokens.RemoveRange(tokens.Where(which));
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>What somebody has beside their password.</summary>
/// <param name="RecoveryCodes">How many are left.</param>
public sealed record Means(bool HasAuthenticator, int Passkeys, int RecoveryCodes)
{
    public bool Any => HasAuthenticator || Passkeys > 0;
}
