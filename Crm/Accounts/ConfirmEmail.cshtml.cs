using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Accounts;

/// <summary>Where the link leads that confirms a new address. Looking at it changes nothing: programs that read mail do so too.</summary>
[AllowAnonymous]
[RequestSizeLimit(AccountLimits.Form)]
[Needs(Right.Anything)]
public sealed class ConfirmEmailModel(CrmDb db, CurrentUser user, EmailChanges changes) : CrmPage
{
    /// <summary>Null when the link is not good.</summary>
    public string? Email { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, string token, CancellationToken cancel)
    {
        Email = (await changes.FindAsync(id, token, cancel))?.Email;
        return Email is null ? Gone() : Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, string token, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await changes.FindAsync(id, token, cancel) is not { } found)
        {
            return Gone();
        }

        var (old, name) = (found.Person.Email, found.Person.Name);
        if (!await changes.ApplyAsync(found.Person, found.Email, user.Id == id ? user.SessionId : 0, cancel))
        {
            return Gone();
        }

        await write.CommitAsync(cancel);
        await changes.TellAsync(old, name, cancel);
        Say($"From now on you sign in as {found.Email}.");
        return LocalRedirect(user.IsSignedIn ? "/profile" : SessionCookie.SignInPath);
    }

    private PageResult Gone()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }
}
