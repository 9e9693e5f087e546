using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>
/// Sets up an authenticator app. Its key travels sealed in the form and counts only when a code of it has come back.
/// </summary>
[Needs(Right.OwnAccount)]
[AskAgain]
public sealed class AuthenticatorModel(
    CrmDb db, CurrentUser user, SecondFactors factors, OwnSecurity own, WorkspaceCache workspace, IDataProtectionProvider protection, TimeProvider time) : CrmPage
{
    private string _key = "";

    [BindProperty]
    [Display(Name = "Code")]
    public string? Code { get; set; }

    /// <summary>The key, for this person and this form alone.</summary>
    [BindProperty]
    public string? Sealed { get; set; }

    public string Address { get; private set; } = "";

    public string SpacedKey => string.Join(' ', _key.Chunk(4).Select(group => new string(group)));

    private IDataProtector Protector => protection.CreateProtector("Crm.Authenticator", user.Id.ToString(CultureInfo.InvariantCulture));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        _key = Totp.MakeKey();
        await DrawAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Open() is not { } key)
        {
            Say("That form was not good any more. Here is a new key.");
            return Go("/profile/security/authenticator");
        }

        _key = key;
        if (Totp.StepOf(key, Code, time.GetUtcNow().UtcDateTime) is not { } step)
        {
            await DrawAsync(cancel);
            return Invalid(nameof(Code), "That is not the code which the app shows for this key. If it is, look whether the clock of your phone is right.");
        }

        IReadOnlyList<string> codes = [];
        await own.ChangeAsync(
            async person =>
            {
                codes = person.TwoFactorEnabled ? [] : await factors.MakeRecoveryCodesAsync(person, cancel);
                await factors.PutAuthenticatorAsync(person, key, step, cancel);
                return true;
            },
            "An authenticator app is turned on",
            "from now on your account asks for a code of your authenticator app beside your password.",
            cancel);
        Say("The authenticator app is turned on, and you are signed out everywhere else.");
        ShownCodes.Put(TempData, codes);
        return Go(codes.Count > 0 ? CodesModel.Path : SecondFactorFirst.Path);
    }

    private async Task DrawAsync(CancellationToken cancel)
    {
        var account = await db.People.Where(p => p.Id == user.Id).Select(p => p.Email).FirstAsync(cancel);
        Address = Totp.Address(_key, account ?? user.Name, workspace.Current.Name);
        Sealed = Protector.Protect(_key);
        ModelState.Remove(nameof(Sealed));
    }

    private string? Open()
    {
        try
        {
            return Protector.Unprotect(Sealed ?? "");
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
