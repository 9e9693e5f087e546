using Crm.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts.SingleSignOn;

/// <summary>Sends the browser to the provider.</summary>
[AllowAnonymous]
[Needs(Right.Anything)]
public sealed class StartModel(CurrentUser user, Provider provider) : CrmPage
{
    public string ProviderName => provider.Name;

    public async Task<IActionResult> OnGetAsync(string? returnUrl)
    {
        if (!provider.IsThere)
        {
            return NotFound();
        }

        var next = Url.IsLocalUrl(returnUrl) ? returnUrl : "/";
        if (user.IsSignedIn)
        {
            return LocalRedirect(next);
        }

        if (await provider.AskAsync(HttpContext, "/sign-in/sso/done" + QueryString.Create("returnUrl", next), isAnew: false))
        {
            return new EmptyResult();
        }

        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }
}
