using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts;

/// <summary>A page on which somebody makes their own account.</summary>
public abstract class ArrivalPage(Passwords passwords, TimeProvider time) : CrmPage
{
    [BindProperty]
    public JoinForm Input { get; set; } = new();

    /// <summary>Whether this way in is open. Asked before the form is judged, and again under the write lock.</summary>
    protected abstract Task<bool> IsOpenAsync(CancellationToken cancel);

    /// <summary>What is shown instead of the form.</summary>
    protected abstract IActionResult Closed();

    protected abstract Task<IActionResult> EnterAsync(Newcomer newcomer, CancellationToken cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await IsOpenAsync(cancel))
        {
            return Closed();
        }

        var (newcomer, refusal) = await Input.ReadAsync(passwords, time.GetUtcNow().UtcDateTime);
        if (refusal is not null)
        {
            ModelState.AddModelError("Input.Password", refusal);
        }

        return ModelState.IsValid ? await EnterAsync(newcomer!, cancel) : Invalid();
    }
}
