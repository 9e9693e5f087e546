using System.ComponentModel.DataAnnotations;
using Crm.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts;

/// <summary>Mails a link to choose a new password. Says the same whoever asks.</summary>
[AllowAnonymous]
[RequestSizeLimit(AccountLimits.Form)]
[Needs(Right.Anything)]
public sealed class ForgotModel(PasswordResets resets) : CrmPage
{
    [BindProperty]
    [Display(Name = "E-mail")]
    [Line(Person.EmailLength, Required = true)]
    [Email]
    public string? Email { get; set; }

    public bool IsSent { get; private set; }

    public bool CanMail => resets.CanMail;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        await resets.MailAsync(Typed.Line(Email), cancel);
        IsSent = CanMail;
        return Page();
    }
}
