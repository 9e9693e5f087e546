using Crm.Data;
using Crm.Web;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>That the person at a signed-in browser is still the one who signed in.</summary>
public sealed class Confirmation(CrmDb db, CurrentUser user, TimeProvider time)
{
    /// <summary>How long one proof is enough.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public const string Path = "/confirm";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>True when the proof is young enough.</summary>
    public bool IsFresh => user.IsSignedIn && Now - user.ConfirmedAt <= Lifetime;

    /// <summary>Leads to the page that asks, and from there back to the page that the person looks at.</summary>
    public IActionResult Ask(HttpContext context)
    {
        // What was to be done has not been done: the page is told to say so.
        var isAct = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        var address = AddressFor(PresentPage.Of(context.Request), isAct);
        if (!context.Request.IsHtmx())
        {
            return new LocalRedirectResult(address);
        }

        context.Response.Htmx(htmx => htmx.Redirect(address));
        return new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    /// <summary>Notes a proof that was just given. The browser gets a new key, and the old one opens nothing.</summary>
    public async Task GiveAsync(HttpContext context, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Sessions.FirstOrDefaultAsync(s => s.Id == user.SessionId, cancel) is not { } session)
        {
            // Ended in the meantime, elsewhere.
            return;
        }

        var key = Secret.Make();
        session.Confirm(Secret.Hash(key), Now);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        SessionCookie.Replace(context, key);
    }

    private static string AddressFor(string page, bool isAct) =>
        Path + QueryString.Create("returnUrl", page) + (isAct ? "&again=true" : "");
}
