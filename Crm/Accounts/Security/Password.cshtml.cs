using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>
/// A new password. Whoever has one gives it in the same form; whoever has none proves in another way who they are.
/// </summary>
[Needs(Right.OwnAccount)]
public sealed class PasswordModel(CrmDb db, CurrentUser user, Credentials credentials, Passwords passwords, Confirmation confirmation, OwnSecurity own) : CrmPage
{
    [BindProperty]
    public ChangePassword Password { get; set; } = new();

    public string? Email { get; private set; }

    public bool HasPassword { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        return HasPassword || confirmation.IsFresh ? Page() : confirmation.Ask(HttpContext);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (!HasPassword && !confirmation.IsFresh)
        {
            return confirmation.Ask(HttpContext);
        }

        if (HasPassword && !await credentials.ConfirmAsync(user.Id, Password.Present ?? "", cancel))
        {
            return Invalid("Password.Present", "That is not your present password. After several wrong tries you have to wait a while.");
        }

        var changed = await db.People.AsNoTracking().FirstAsync(p => p.Id == user.Id, cancel);
        var known = changed.PasswordHash;
        if (await passwords.SetAsync(changed, Password.New) is { } refusal)
        {
            return Invalid("Password.New", refusal);
        }

        var isDone = await own.ChangeAsync(
            person =>
            {
                if (person.PasswordHash != known)
                {
                    return Task.FromResult(false);
                }

                person.Recover(changed.PasswordHash!, changed.SecurityStamp!);
                return Task.FromResult(true);
            },
            "Your password was changed",
            "the password of your account was changed just now.",
            cancel);
        Say(isDone ? "Your password is changed, and you are signed out everywhere else." : "Your password was changed elsewhere at the same moment.");
        return Go(SecondFactorFirst.Path);
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var me = await db.People.AsNoTracking().FirstAsync(p => p.Id == user.Id, cancel);
        (Email, HasPassword) = (me.Email, me.PasswordHash is not null);
    }
}
