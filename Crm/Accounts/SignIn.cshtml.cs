using System.ComponentModel.DataAnnotations;
using Crm.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts;

/// <summary>Lets people in who have an account. Checks the form's token by itself, to say more than "bad request".</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[RequestSizeLimit(AccountLimits.Form)]
[Needs(Right.Anything)]
public sealed class SignInModel(CurrentUser user, Credentials credentials, IAntiforgery antiforgery) : CrmPage
{
    [BindProperty]
    [Display(Name = "E-mail")]
    [Line(Person.EmailLength)]
    public string? Email { get; set; }

    [BindProperty]
    [Display(Name = "Password")]
    public string? Password { get; set; }

    /// <summary>The page of this site that the person wanted to see.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Refusal { get; private set; }

    private string Next => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    public IActionResult OnGet() => user.IsSignedIn ? LocalRedirect(Next) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (user.IsSignedIn)
        {
            // Signed in already, in another window: this form's token is of the time before.
            return LocalRedirect(Next);
        }

        if (!await antiforgery.IsRequestValidAsync(HttpContext))
        {
            return Refuse("This page had been open for a long time. Please try once more.");
        }

        if (!ModelState.IsValid || !await credentials.SignInAsync(HttpContext, Typed.Line(Email), Password ?? "", cancel))
        {
            return Refuse("That e-mail and password do not fit. After several wrong tries an account rests for five minutes.");
        }

        return LocalRedirect(Next);
    }

    private IActionResult Refuse(string words)
    {
        Refusal = words;
        return Invalid();
    }
}
