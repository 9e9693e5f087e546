using Crm.Accounts.Security;
using Crm.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts.SingleSignOn;

/// <summary>Where somebody comes back to for whom the provider vouches.</summary>
[AllowAnonymous]
[Needs(Right.Anything)]
public sealed class DoneModel(CurrentUser user, Provider provider, ProviderDoor door) : CrmPage
{
    public Refusal Refusal { get; private set; } = new("", "");

    public async Task<IActionResult> OnGetAsync(string? returnUrl, CancellationToken cancel)
    {
        var next = Url.IsLocalUrl(returnUrl) ? returnUrl : "/";
        if (user.IsSignedIn)
        {
            return LocalRedirect(next);
        }

        if (await provider.HearAsync(HttpContext) is not { } answer)
        {
            Say("That took too long. Please begin again.");
            return LocalRedirect(SessionCookie.SignInPath);
        }

        await Provider.ForgetAsync(HttpContext);
        var entry = await door.SignInAsync(HttpContext, answer, cancel);
        if (entry == Arrived.In)
        {
            PendingSignIn.End(HttpContext);
            return LocalRedirect(next);
        }

        Refusal = Explain(entry, answer);
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }

    private Refusal Explain(Arrived entry, Answer answer) => entry switch
    {
        Arrived.NoAddress => new($"{provider.Name} names no e-mail address of yours", $"It has to say which address is yours, and that it has verified it. Ask whoever looks after {provider.Name}."),
        Arrived.Disabled => new("Your account cannot be used", "It is disabled. Ask an admin of the workspace."),
        Arrived.PasswordFirst => new("Sign in with your password first", $"There is an account with {answer.Email}. Sign in with its password, then link {provider.Name} on the security page of your profile."),
        _ => new("You have no account here", $"Nobody here goes by {answer.Email}. Ask an admin of the workspace to invite this address."),
    };
}
