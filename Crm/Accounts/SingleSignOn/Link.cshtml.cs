using Crm.Accounts.Security;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.SingleSignOn;

/// <summary>
/// Links the provider's person to one's own account. Says whom it is about and asks before it does so: otherwise a stranger
/// could have a browser link theirs.
/// </summary>
[Needs(Right.OwnAccount)]
[AskAgain]
public sealed class LinkModel(CrmDb db, CurrentUser user, Provider provider, ProviderDoor door, OwnSecurity own) : CrmPage
{
    public string ProviderName => provider.Name;

    public Answer? Answer { get; private set; }

    /// <summary>Why it was not linked.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        Answer = await provider.HearAsync(HttpContext);
        return provider.IsThere ? Page() : NotFound();
    }

    public async Task<IActionResult> OnGetAskAsync()
    {
        if (!provider.IsThere)
        {
            return NotFound();
        }

        if (await provider.AskAsync(HttpContext, "/profile/security/sso", isAnew: false))
        {
            return new EmptyResult();
        }

        Refusal = $"{provider.Name} does not answer. Try again in a few minutes.";
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await provider.HearAsync(HttpContext) is not { } answer)
        {
            Say("That took too long. Please begin again.");
            return Go("/profile/security/sso");
        }

        await Provider.ForgetAsync(HttpContext);
        await using var write = await db.BeginWriteAsync(cancel);
        var me = await db.People.FirstAsync(p => p.Id == user.Id, cancel);
        if (!await door.LinkAsync(me, answer))
        {
            Refusal = $"This person of {provider.Name} is linked to an account here already.";
            return Invalid();
        }

        await write.CommitAsync(cancel);
        await door.TellAsync(me, cancel);
        Say($"{provider.Name} is linked to your account.");
        return Go(SecondFactorFirst.Path);
    }

    public async Task<IActionResult> OnPostUnlinkAsync(CancellationToken cancel)
    {
        if (!await db.People.AnyAsync(p => p.Id == user.Id && (p.PasswordHash != null || db.UserPasskeys.Any(k => k.UserId == p.Id)), cancel))
        {
            Refusal = "It is the only way into your account. Choose a password or add a passkey first.";
            return Invalid();
        }

        await own.ChangeAsync(
            async person =>
            {
                db.UserLogins.RemoveRange(await db.UserLogins.Where(l => l.UserId == person.Id).ToListAsync(cancel));
                return true;
            },
            $"Your account does not open with {provider.Name} any more",
            $"the link between your account and {provider.Name} was taken away.",
            cancel);
        Say($"{provider.Name} does not open your account any more, and you are signed out everywhere else.");
        return Go(SecondFactorFirst.Path);
    }
}
