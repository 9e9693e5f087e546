using System.Text;
using Crm.Data;
using Crm.Notifications;
using Crm.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>Links with which somebody who forgot their password chooses a new one. Good for a day and for one use.</summary>
public sealed class PasswordResets(
    CrmDb db, UserManager<Person> users, SignInLog log, Outbox outbox, PublicAddress address)
{
    /// <summary>False when only an admin can help.</summary>
    public bool CanMail => outbox.IsOpen && address.Link("/") is not null;

    public async Task<string> PathForAsync(Person person)
    {
        var token = await users.GeneratePasswordResetTokenAsync(person);
        return $"/reset/{person.Id}/{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token))}";
    }

    /// <summary>
    /// Mails a link if there is somebody to mail it to and they were not mailed too many. Nobody learns whether there was: for
    /// nobody the same is done and thrown away.
    /// </summary>
    public async Task MailAsync(string email, CancellationToken cancel)
    {
        var known = await users.FindByEmailAsync(email) is { CanSignIn: true } person ? person : null;
        var isMailed = await log.AskForLinkAsync(known?.Id, cancel);
        if (!CanMail)
        {
            return;
        }

        var reader = known ?? Nobody();
        var link = address.Link(await PathForAsync(reader));
        await outbox.PutAsync(known is not null && isMailed ? known.Email : null, "Choose a new password", $"""
            Hello {reader.Name},

            somebody, most likely you, asked for a new password. Choose it here:

            {link}

            The link is good for one day. If it was not you, do nothing: your password stays as it is.
            """, cancel);
    }

    /// <returns>Null when the link is not good.</returns>
    public async Task<Person?> FindAsync(int personId, string token, CancellationToken cancel)
    {
        var person = await db.People.FirstOrDefaultAsync(p => p.Id == personId, cancel);
        return person is { CanSignIn: true }
            && Decode(token) is { } plain
            && await users.VerifyUserTokenAsync(person, users.Options.Tokens.PasswordResetTokenProvider, UserManager<Person>.ResetPasswordTokenPurpose, plain)
            ? person
            : null;
    }

    private static Person Nobody()
    {
        var nobody = Person.Register("nobody", "nobody@invalid", Role.Client, default);
        (nobody.Id, nobody.SecurityStamp) = (-1, nobody.Email);
        return nobody;
    }

    private static string? Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
