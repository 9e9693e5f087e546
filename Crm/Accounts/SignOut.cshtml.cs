using Crm.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts;

/// <summary>Ends the session, wherever else its cookie may have been copied to.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[RequestSizeLimit(AccountLimits.Form)]
[Needs(Right.Anything)]
public sealed class SignOutModel(CurrentUser user, IAntiforgery antiforgery) : CrmPage
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        // Without a session there is nothing to protect, and the form's token is of the session that has ended.
        if (user.IsSignedIn)
        {
            if (!await antiforgery.IsRequestValidAsync(HttpContext))
            {
                return BadRequest();
            }

            await HttpContext.SignOutAsync(CurrentUser.Scheme);
        }

        Say("You are signed out.");
        return Go(SessionCookie.SignInPath);
    }
}
