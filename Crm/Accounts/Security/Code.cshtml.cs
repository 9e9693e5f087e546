using System.ComponentModel.DataAnnotations;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>The second step of signing in, after a good password: a code of the authenticator app, or a recovery code.</summary>
[AllowAnonymous]
[Needs(Right.Anything)]
[RequestSizeLimit(AccountLimits.Form)]
public sealed class CodeModel(CrmDb db, CurrentUser user, PendingSignIn pending, SecondFactors factors, SignInLog log, SecurityMail mail) : CrmPage
{
    [BindProperty]
    [Display(Name = "Code")]
    public string? Code { get; set; }

    /// <summary>The page of this site that the person wanted to see.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Recovery { get; set; }

    public Means Means { get; private set; } = new(false, 0, 0);

    private string Next => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (user.IsSignedIn || pending.Find(HttpContext) is not { } who)
        {
            return StartAgain();
        }

        Means = await factors.OfAsync(who.PersonId, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (user.IsSignedIn || pending.Find(HttpContext) is not { } who)
        {
            return StartAgain();
        }

        var verdict = await JudgeAsync(who, cancel);
        if (!verdict.IsGood)
        {
            Means = await factors.OfAsync(who.PersonId, cancel);
            return Refuse(verdict);
        }

        PendingSignIn.End(HttpContext);
        if (Recovery)
        {
            await TellAsync(who.PersonId, cancel);
        }

        return LocalRedirect(Next);
    }

    private Task<Verdict> JudgeAsync(Pending who, CancellationToken cancel)
    {
        var method = Recovery ? SignInMethod.RecoveryCode : SignInMethod.AuthenticatorCode;
        return log.JudgeAsync(
            who.PersonId,
            method,
            async person => person.SecurityStamp == who.Stamp
                && (Recovery ? await factors.TakeRecoveryCodeAsync(person, Code, cancel) : await factors.TakeCodeAsync(person, Code, cancel)),
            person => HttpContext.SignInAsync(person, method, hasSecondFactor: true),
            cancel);
    }

    private IActionResult Refuse(Verdict verdict)
    {
        if (verdict.Wait is { } wait)
        {
            return TooMany(wait);
        }

        return Invalid(nameof(Code), Recovery
            ? "That is none of your recovery codes, or it was used already. After several wrong tries you have to wait a while."
            : "That code does not fit, or it was used already. Wait for the next one. After several wrong tries you have to wait a while.");
    }

    private PageResult TooMany(TimeSpan wait)
    {
        Invalid(nameof(Code), "There were too many wrong tries. Wait a while, then try again.");
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Page();
    }

    private async Task TellAsync(int personId, CancellationToken cancel)
    {
        var left = (await factors.OfAsync(personId, cancel)).RecoveryCodes;
        Say($"{RecoveryCodes.Left(left)} Make new ones on the security page of your profile.");
        var person = await db.People.AsNoTracking().FirstAsync(p => p.Id == personId, cancel);
        await mail.TellOfRecoveryCodeAsync(person, left, cancel);
    }

    private IActionResult StartAgain()
    {
        if (user.IsSignedIn)
        {
            return LocalRedirect(Next);
        }

        Say("Please begin again: the second step has to follow within ten minutes.");
        return LocalRedirect(SessionCookie.SignInPath + QueryString.Create("returnUrl", Next));
    }
}
