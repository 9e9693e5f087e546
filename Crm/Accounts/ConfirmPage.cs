using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts;

/// <summary>A page on which somebody who is signed in shows once more who they are.</summary>
[Needs(Right.OwnAccount)]
public abstract class ConfirmPage(Confirmation confirmation) : CrmPage
{
    /// <summary>The page of this site that asked.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Something was to be done there that has not been done.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Again { get; set; }

    protected string Next => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/profile";

    /// <summary>The page that asks, with what it has to know.</summary>
    protected string Asking => $"{Confirmation.Path}{QueryString.Create("returnUrl", Next)}{(Again ? "&again=true" : "")}";

    /// <summary>The proof is good.</summary>
    protected async Task<IActionResult> GoOnAsync(CancellationToken cancel)
    {
        await confirmation.GiveAsync(HttpContext, cancel);
        if (Again)
        {
            Say("Thank you. Now do once more what you were about to do.");
        }

        return LocalRedirect(Next);
    }
}
