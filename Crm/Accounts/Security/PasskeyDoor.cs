using Crm.Data;

namespace Crm.Accounts.Security;

/// <summary>
/// Lets in who shows a passkey. Nobody guesses one, so wrong tries elsewhere do not keep its owner out.
/// </summary>
public sealed class PasskeyDoor(CrmDb db, Passkeys passkeys, SignInLog log)
{
    public async Task<bool> SignInAsync(HttpContext context, string? credential, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var person = await passkeys.JudgeAsync(context, credential, cancel);
        var isGood = person is { CanSignIn: true };
        if (isGood)
        {
            await context.SignInAsync(person!, SignInMethod.Passkey, hasSecondFactor: true);
        }
        else
        {
            await log.WriteAsync(person?.Id, person is null ? SignInOutcome.WrongCode : SignInOutcome.Refused, SignInMethod.Passkey, cancel);
        }

        await write.CommitAsync(cancel);
        return isGood;
    }

    /// <summary>Asks somebody who is signed in once more.</summary>
    public async Task<bool> ConfirmAsync(HttpContext context, int personId, string? credential, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var person = await passkeys.JudgeAsync(context, credential, cancel);
        await write.CommitAsync(cancel);
        return person?.Id == personId;
    }
}
