using Crm.Accounts.Security;
using Crm.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>Tells whether somebody knows an account's password. Wrong ones are counted in the <see cref="SignInLog"/>.</summary>
public sealed class Credentials(CrmDb db, UserManager<Person> users, Passwords passwords, PendingSignIn pending, SignInLog log)
{
    /// <summary>Signs in whoever has this address and this password. A refusal says nothing about what was wrong.</summary>
    public Task<Verdict> SignInAsync(HttpContext context, string email, string password, CancellationToken cancel) =>
        ProveAsync(email, password, person => GoOnAsync(context, person), cancel);

    /// <summary>Judges an address and a password. A refusal says nothing about what was wrong.</summary>
    /// <param name="then">What a good password leads to, in the same transaction.</param>
    public async Task<Verdict> ProveAsync(string email, string password, Func<Person, Task> then, CancellationToken cancel)
    {
        var address = users.NormalizeEmail(email);
        var known = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedEmail == address, cancel);
        if (await log.WaitAsync(known?.Id, cancel) is { } wait)
        {
            return new Verdict(false, wait);
        }

        return await JudgeAsync(known, password, then, cancel);
    }

    /// <summary>Asks somebody who is signed in once more.</summary>
    public async Task<bool> ConfirmAsync(int personId, string password, CancellationToken cancel)
    {
        var known = await db.People.AsNoTracking().FirstAsync(p => p.Id == personId, cancel);
        return (await JudgeAsync(known, password, _ => Task.CompletedTask, cancel)).IsGood;
    }

    /// <summary>A session, or the question for the second factor: until that is answered there is none.</summary>
    private async Task GoOnAsync(HttpContext context, Person person)
    {
        if (person.TwoFactorEnabled)
        {
            pending.Begin(context, person);
        }
        else
        {
            await context.SignInAsync(person, SignInMethod.Password);
        }
    }

    private Task<Verdict> JudgeAsync(Person? known, string password, Func<Person, Task> then, CancellationToken cancel)
    {
        var fits = passwords.Fits(known, password);
        return log.JudgeAsync(
            known?.Id, SignInMethod.Password, person => Task.FromResult(fits && person.PasswordHash == known!.PasswordHash), then, cancel);
    }
}
