using System.ComponentModel.DataAnnotations;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>Asks somebody who is signed in once more who they are.</summary>
[Needs(Right.OwnAccount)]
public sealed class ConfirmModel(CrmDb db, CurrentUser user, Credentials credentials, Confirmation confirmation) : CrmPage
{
    [BindProperty]
    [Display(Name = "Your password")]
    public string? Password { get; set; }

    /// <summary>The page of this site that asked.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Something was to be done there that has not been done.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Again { get; set; }

    public string? Email { get; private set; }

    public bool HasPassword { get; private set; }

    private string Next => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/profile";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (confirmation.IsFresh)
        {
            return LocalRedirect(Next);
        }

        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await credentials.ConfirmAsync(user.Id, Password ?? "", cancel))
        {
            await LoadAsync(cancel);
            return Invalid(nameof(Password), "That is not your password.");
        }

        await confirmation.GiveAsync(HttpContext, cancel);
        return GoOn();
    }

    private LocalRedirectResult GoOn()
    {
        if (Again)
        {
            Say("Thank you. Now do once more what you were about to do.");
        }

        return LocalRedirect(Next);
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var me = await db.People.AsNoTracking().FirstAsync(p => p.Id == user.Id, cancel);
        (Email, HasPassword) = (me.Email, me.PasswordHash is not null);
    }
}
