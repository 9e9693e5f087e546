using System.ComponentModel.DataAnnotations;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>Makes a passkey with the browser's help.</summary>
[Needs(Right.OwnAccount)]
[AskAgain]
[RequestSizeLimit(AccountLimits.Form)]
public sealed class NewPasskeyModel(CrmDb db, CurrentUser user, Passkeys passkeys, SecondFactors factors, OwnSecurity own) : CrmPage
{
    [BindProperty]
    [Display(Name = "Name")]
    [Line(Passkeys.NameLength, Required = true)]
    public string? Name { get; set; } = "This device";

    [BindProperty]
    public string? Credential { get; set; }

    /// <summary>Why none was made.</summary>
    public string? Refusal { get; private set; }

    public void OnGet()
    {
    }

    /// <summary>What the browser is to make.</summary>
    public async Task<IActionResult> OnPostOfferAsync(CancellationToken cancel) =>
        Content(await passkeys.OfferAsync(HttpContext, await db.People.FirstAsync(p => p.Id == user.Id, cancel)), "application/json");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        if ((await factors.OfAsync(user.Id, cancel)).Passkeys >= Passkeys.Most)
        {
            return Refuse($"You have {Passkeys.Most} passkeys. Remove one that you do not use before you add another.");
        }

        IReadOnlyList<string> codes = [];
        var name = Typed.Line(Name);
        var isMade = await own.ChangeAsync(
            async person =>
            {
                codes = person.TwoFactorEnabled ? [] : await factors.MakeRecoveryCodesAsync(person, cancel);
                return await passkeys.AddAsync(HttpContext, person, name, Credential);
            },
            "A passkey was added",
            $"a passkey named “{name}” was added to your account. Whoever has it can sign in as you.",
            cancel);
        if (!isMade)
        {
            return Refuse("The browser made no passkey that can be used here, or it took too long. Try again.");
        }

        Say("The passkey is ready, and you are signed out everywhere else.");
        ShownCodes.Put(TempData, codes);
        return Go(codes.Count > 0 ? CodesModel.Path : SecondFactorFirst.Path);
    }

    private IActionResult Refuse(string words)
    {
        Refusal = words;
        return Invalid();
    }
}
