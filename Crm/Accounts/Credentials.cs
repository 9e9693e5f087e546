using Crm.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>
/// Tells whether somebody knows an account's password. Wrong ones are counted, and too many lock the account for a while:
/// also when they come at the same moment, because they are counted under the database's write lock and only then judged.
/// </summary>
public sealed class Credentials(CrmDb db, UserManager<Person> users, Passwords passwords)
{
    /// <summary>Signs in whoever has this address and this password. False says nothing about what was wrong.</summary>
    public async Task<bool> SignInAsync(HttpContext context, string email, string password, CancellationToken cancel)
    {
        var address = users.NormalizeEmail(email);
        var known = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedEmail == address, cancel);
        var fits = passwords.Fits(known, password);
        return known is not null && await JudgeAsync(known, fits, context.SignInAsync, cancel);
    }

    /// <summary>Asks somebody who is signed in once more.</summary>
    public async Task<bool> ConfirmAsync(int personId, string password, CancellationToken cancel)
    {
        var known = await db.People.AsNoTracking().FirstAsync(p => p.Id == personId, cancel);
        var fits = passwords.Fits(known, password);
        return await JudgeAsync(known, fits, _ => Task.CompletedTask, cancel);
    }

    private async Task<bool> JudgeAsync(Person known, bool fits, Func<Person, Task> then, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var person = await db.People.FirstAsync(p => p.Id == known.Id, cancel);
        if (!person.CanSignIn || person.PasswordHash != known.PasswordHash || await users.IsLockedOutAsync(person))
        {
            return false;
        }

        if (fits)
        {
            await users.ResetAccessFailedCountAsync(person);
            await then(person);
        }
        else
        {
            await users.AccessFailedAsync(person);
        }

        await write.CommitAsync(cancel);
        return fits;
    }
}

/// <summary>The first step of a session.</summary>
public static class SigningIn
{
    public static Task SignInAsync(this HttpContext context, Person person) =>
        context.SignInAsync(CurrentUser.Scheme, CurrentUser.Of(person).ToPrincipal());
}
