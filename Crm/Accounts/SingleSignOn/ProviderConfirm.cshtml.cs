using Crm.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.SingleSignOn;

/// <summary>Takes a fresh sign-in at the provider as the proof that somebody is still who signed in here.</summary>
[Needs(Right.OwnAccount)]
public sealed class ProviderConfirmModel(CrmDb db, CurrentUser user, Provider provider, Confirmation confirmation) : ConfirmPage(confirmation)
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (!provider.IsThere)
        {
            return NotFound();
        }

        var back = $"/confirm/sso{QueryString.Create("handler", "Done")}&{QueryString.Create("returnUrl", Next).Value![1..]}&again={(Again ? "true" : "false")}";
        return await provider.AskAsync(HttpContext, back, isAnew: true) ? new EmptyResult() : LocalRedirect(Asking + "&refusal=unreachable");
    }

    public async Task<IActionResult> OnGetDoneAsync(CancellationToken cancel)
    {
        var answer = await provider.HearAsync(HttpContext);
        if (answer is null)
        {
            return LocalRedirect(Asking + "&refusal=sso");
        }

        await Provider.ForgetAsync(HttpContext);
        var isMine = answer.IsAnew
            && await db.UserLogins.AnyAsync(l => l.UserId == user.Id && l.LoginProvider == answer.Issuer && l.ProviderKey == answer.Subject, cancel);
        return isMine ? await GoOnAsync(cancel) : LocalRedirect(Asking + "&refusal=sso");
    }
}
