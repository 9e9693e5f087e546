using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>Lets in who shows a passkey: by itself, or as the second step after a password.</summary>
[AllowAnonymous]
[Needs(Right.Anything)]
[RequestSizeLimit(AccountLimits.Form)]
public sealed class PasskeySignInModel(CrmDb db, CurrentUser user, PendingSignIn pending, Passkeys passkeys, PasskeyDoor door) : CrmPage
{
    [BindProperty]
    public string? Credential { get; set; }

    /// <summary>The page of this site that the person wanted to see.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Refusal { get; private set; }

    private string Next => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    public IActionResult OnGet() => user.IsSignedIn ? LocalRedirect(Next) : Page();

    /// <summary>What the browser is to ask its owner for.</summary>
    public async Task<IActionResult> OnPostOfferAsync(CancellationToken cancel)
    {
        var person = pending.Find(HttpContext) is { } who ? await db.People.FirstOrDefaultAsync(p => p.Id == who.PersonId, cancel) : null;
        return Content(await passkeys.AskAsync(HttpContext, person), "application/json");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (user.IsSignedIn)
        {
            return LocalRedirect(Next);
        }

        if (!await door.SignInAsync(HttpContext, Credential, cancel))
        {
            Refusal = "That passkey does not open an account here. It may have been removed, or it took too long: try again, or sign in in another way.";
            return Invalid();
        }

        PendingSignIn.End(HttpContext);
        return LocalRedirect(Next);
    }
}
