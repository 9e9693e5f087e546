using System.ComponentModel.DataAnnotations;
using Crm.Accounts.Security;
using Crm.Accounts.SingleSignOn;
using Crm.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>Asks for the password, or for what a person without one has.</summary>
[Needs(Right.OwnAccount)]
public sealed class ConfirmModel(
    CrmDb db, CurrentUser user, Credentials credentials, Confirmation confirmation, SecondFactors factors, SignInLog log, Provider provider) : ConfirmPage(confirmation)
{
    private readonly Confirmation _confirmation = confirmation;

    [BindProperty]
    [Display(Name = "Your password")]
    public string? Password { get; set; }

    [BindProperty]
    [Display(Name = "Code")]
    public string? Code { get; set; }

    public string? Email { get; private set; }

    public bool HasPassword { get; private set; }

    public Means Means { get; private set; } = new(false, 0, 0);

    /// <summary>Null when the person is not linked to the provider of single sign-on.</summary>
    public string? ProviderName { get; private set; }

    /// <summary>Why another proof was not good.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? refusal, CancellationToken cancel)
    {
        if (_confirmation.IsFresh)
        {
            return LocalRedirect(Next);
        }

        Refusal = refusal switch
        {
            "passkey" => "That passkey is none of yours, or it took too long. Try again.",
            "sso" => "That did not show that it is you. Try again, or use another way.",
            "unreachable" => "The provider of single sign-on does not answer. Try again in a few minutes.",
            _ => null,
        };
        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await credentials.ConfirmAsync(user.Id, Password ?? "", cancel))
        {
            return await GoOnAsync(cancel);
        }

        await LoadAsync(cancel);
        return Invalid(nameof(Password), "That is not your password. After several wrong tries you have to wait a while.");
    }

    /// <summary>For whoever has no password: a code is all that they know.</summary>
    public async Task<IActionResult> OnPostCodeAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        var verdict = await log.JudgeAsync(
            user.Id,
            SignInMethod.AuthenticatorCode,
            async person => !HasPassword && await factors.TakeCodeAsync(person, Code, cancel),
            _ => Task.CompletedTask,
            cancel);
        return verdict.IsGood
            ? await GoOnAsync(cancel)
            : Invalid(nameof(Code), "That code does not fit, or it was used already. After several wrong tries you have to wait a while.");
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var me = await db.People.AsNoTracking().FirstAsync(p => p.Id == user.Id, cancel);
        (Email, HasPassword) = (me.Email, me.PasswordHash is not null);
        Means = await factors.OfAsync(user.Id, cancel);
        ProviderName = provider.IsThere && await db.UserLogins.AnyAsync(l => l.UserId == user.Id, cancel) ? provider.Name : null;
    }
}
