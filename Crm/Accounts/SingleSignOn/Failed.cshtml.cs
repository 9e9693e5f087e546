using Crm.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts.SingleSignOn;

/// <summary>The provider's answer was a refusal, or none that can be trusted.</summary>
[AllowAnonymous]
[Needs(Right.Anything)]
public sealed class FailedModel(Provider provider) : CrmPage
{
    public Refusal Refusal { get; private set; } = new("", "");

    public IActionResult OnGet(string? why)
    {
        if (!provider.IsThere)
        {
            return NotFound();
        }

        Refusal = why == "cancelled"
            ? new($"{provider.Name} did not let you through", "You cancelled there, or are not allowed to use it. Nothing has changed here.")
            : new($"{provider.Name} gave no answer that can be trusted", "The sign-in took too long, was opened in another window, or the provider made a mistake. Begin again; if it stays, tell an admin.");
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }
}
