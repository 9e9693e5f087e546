using Crm.Accounts;
using Crm.Accounts.Security;
using Crm.Accounts.Tokens;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>What an admin changes of somebody's account, on the page and over the API. The caller holds the write transaction.</summary>
public sealed class AccountEdits(CrmDb db, CurrentUser user, UserManager<Person> users, EmailChanges emails, SecondFactors factors, SecurityMail mail)
{
    public const string LastAdmin = "This is the last admin who can sign in. Make somebody else an admin first.";

    public const string Taken = "This address has an account already.";

    /// <summary>Who signs in, or what they may do then, would be another: a browser left alone does not decide that.</summary>
    public static bool OpensOtherDoors(Person person, EditPerson input) =>
        input.Role != person.Role || (person.Email is not null && Typed.Line(input.Email) != person.Email);

    /// <returns>The field and what is wrong with it; null for nothing.</returns>
    public async Task<(string Field, string Words)?> MistakeAsync(Person person, EditPerson input, CancellationToken cancel)
    {
        if (person.JoinedAt is not null && Typed.Line(input.Email).Length == 0)
        {
            return (nameof(EditPerson.Email), "E-mail is needed: they sign in with it.");
        }

        return input.Role != Role.Admin && await db.People.IsLastAdminAsync(person, cancel) ? (nameof(EditPerson.Role), LastAdmin) : null;
    }

    /// <returns>False when the address is <see cref="Taken"/>: then nothing is changed.</returns>
    public async Task<bool> SaveAsync(Person person, EditPerson input, CancellationToken cancel)
    {
        var (old, role) = (person.Email, person.Role);
        person.Rename(Typed.Line(input.Name));
        person.Become(input.Role);
        if (old is not null)
        {
            person.SignInWith(Typed.Line(input.Email));
        }

        if (!(await users.UpdateAsync(person)).Succeeded)
        {
            await db.Entry(person).ReloadAsync(cancel);
            return false;
        }

        if (old != person.Email)
        {
            await PersonalTokens.EndAllAsync(db, person.Id, cancel);
            await db.SaveChangesAsync(cancel);
        }

        if (role != person.Role || old != person.Email)
        {
            // What a copied cookie could do must not grow, and whoever gets their address back is alone in their account.
            await Sessions.EndAllAsync(db, person.Id, user.SessionId, cancel);
        }

        return true;
    }

    /// <summary>Tells the old address, once the change is saved for good.</summary>
    public Task TellAsync(Person person, string? old, CancellationToken cancel) => emails.TellAsync(old == person.Email ? null : old, person.Name, cancel);

    /// <summary>Helps somebody in who has lost their second factor: their password alone opens the account.</summary>
    public async Task TakeSecondFactorAsync(Person person, CancellationToken cancel)
    {
        await factors.ClearAsync(person, cancel);
        await Sessions.EndAllAsync(db, person.Id, cancel: cancel);
    }

    /// <summary>Call when it is saved for good.</summary>
    public Task TellOfSecondFactorAsync(Person person, CancellationToken cancel) => mail.TellAsync(
        person, "Your second factor was taken away", $"{user.Name} took away the second factor of your account. Your password alone opens it until you set up a new one.", cancel);
}
