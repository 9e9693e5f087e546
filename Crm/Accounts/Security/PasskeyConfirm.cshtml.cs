using Crm.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>Takes a passkey as the proof that somebody is still who signed in.</summary>
[Needs(Right.OwnAccount)]
[RequestSizeLimit(AccountLimits.Form)]
public sealed class PasskeyConfirmModel(CrmDb db, CurrentUser user, Passkeys passkeys, PasskeyDoor door, Confirmation confirmation) : ConfirmPage(confirmation)
{
    [BindProperty]
    public string? Credential { get; set; }

    public IActionResult OnGet() => LocalRedirect(Asking);

    /// <summary>What the browser is to ask its owner for.</summary>
    public async Task<IActionResult> OnPostOfferAsync(CancellationToken cancel) =>
        Content(await passkeys.AskAsync(HttpContext, await db.People.FirstAsync(p => p.Id == user.Id, cancel)), "application/json");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        await door.ConfirmAsync(HttpContext, user.Id, Credential, cancel) ? await GoOnAsync(cancel) : LocalRedirect(Asking + "&refusal=passkey");
}
