using System.ComponentModel.DataAnnotations;
using Crm.Accounts.Security;
using Crm.Accounts.Tokens;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Accounts;

/// <summary>Where a reset link leads. Whoever comes with a good one chooses a new password, and all sessions end.</summary>
[AllowAnonymous]
[RequestSizeLimit(AccountLimits.Form)]
[Needs(Right.Anything)]
public sealed class ResetModel(CrmDb db, PasswordResets resets, Passwords passwords, SignInLog log, DeviceMark mark, SecurityMail mail, CurrentUser user) : CrmPage
{
    [BindProperty]
    [Display(Name = "New password")]
    public string? Password { get; set; }

    /// <summary>Null when the link is not good.</summary>
    public string? Email { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, string token, CancellationToken cancel) =>
        await FindAsync(id, token, cancel) is null ? Gone() : Page();

    public async Task<IActionResult> OnPostAsync(int id, string token, CancellationToken cancel)
    {
        if (await FindAsync(id, token, cancel) is not { } known)
        {
            return Gone();
        }

        if (await passwords.SetAsync(known, Password) is { } refusal)
        {
            return Invalid(nameof(Password), refusal);
        }

        db.ChangeTracker.Clear();
        await using var write = await db.BeginWriteAsync(cancel);
        if (await FindAsync(id, token, cancel) is not { } person)
        {
            return Gone();
        }

        // Whoever had to find their way back may not have been alone in their account.
        person.Recover(known.PasswordHash!, known.SecurityStamp!);
        await PersonalTokens.EndAllAsync(db, id, cancel);
        await db.SaveChangesAsync(cancel);
        await Sessions.EndAllAsync(db, id, cancel: cancel);
        await log.WriteAsync(id, SignInOutcome.UsedLink, SignInMethod.ResetLink, cancel);
        await write.CommitAsync(cancel);

        // Whoever comes by the link need not wait because others guess.
        mark.Put(id);
        await mail.TellAsync(person, "Your password was changed", "the password of your account was changed just now, through a link.", cancel);
        if (user.Id == id)
        {
            await HttpContext.SignOutAsync(CurrentUser.Scheme);
        }

        Say("Your password is changed. Sign in with the new one.");
        return LocalRedirect(SessionCookie.SignInPath);
    }

    private async Task<Person?> FindAsync(int id, string token, CancellationToken cancel)
    {
        var person = await resets.FindAsync(id, token, cancel);
        Email = person?.Email;
        return person;
    }

    private PageResult Gone()
    {
        Email = null;
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }
}
