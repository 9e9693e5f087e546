using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Crm.Accounts.Security;
using Crm.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Accounts;

/// <summary>Lets people in who have an account. Checks the form's token by itself, to say more than "bad request".</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[RequestSizeLimit(AccountLimits.Form)]
[Needs(Right.Anything)]
public sealed class SignInModel(CurrentUser user, Credentials credentials, PendingSignIn pending, IAntiforgery antiforgery) : CrmPage
{
    // The same for every reason, so that it tells nobody who has an account here.
    private const string DoesNotFit =
        "That e-mail and password do not fit. After ten wrong tries a browser has to wait for a quarter of an hour; a link for a new password always works.";

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

        if (!ModelState.IsValid)
        {
            return Refuse(DoesNotFit);
        }

        return await credentials.SignInAsync(HttpContext, Typed.Line(Email), Password ?? "", cancel) switch
        {
            { Wait: { } wait } => TooMany(wait),
            { IsGood: true } => LocalRedirect(pending.HasBegun ? PendingSignIn.Path + QueryString.Create("returnUrl", Next) : Next),
            _ => Refuse(DoesNotFit),
        };
    }

    private PageResult TooMany(TimeSpan wait)
    {
        var page = Refuse($"Too many wrong tries came from your network. Wait {(wait.TotalMinutes <= 1 ? "a minute" : $"{Math.Ceiling(wait.TotalMinutes):0} minutes")}, then try again. Browsers in which you have signed in before need not wait.");
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return page;
    }

    private PageResult Refuse(string words)
    {
        Refusal = words;
        return Invalid();
    }
}
