using Crm.Accounts.SingleSignOn;
using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>All the ways into one's own account.</summary>
[Needs(Right.OwnAccount)]
public sealed class SecurityModel(CrmDb db, CurrentUser user, SecondFactors factors, Passkeys passkeys, OwnSecurity own, SecurityMail mail, Provider provider, WorkspaceCache workspace) : CrmPage
{
    public Means Means { get; private set; } = new(false, 0, 0);

    public IReadOnlyList<PasskeyRow> Keys { get; private set; } = [];

    public bool HasPassword { get; private set; }

    /// <summary>Null where there is no single sign-on.</summary>
    public string? ProviderName => provider.IsThere ? provider.Name : null;

    public bool IsLinked { get; private set; }

    /// <summary>Nothing else works until there is a second factor.</summary>
    public bool IsHeld => workspace.Current.RequiresSecondFactor && !user.HasSecondFactor;

    /// <summary>Why what was asked for was not done.</summary>
    public string? Refusal { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    [AskAgain]
    public async Task<IActionResult> OnPostTurnOffAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (SecondFactors.RefusalToTakeAway(workspace.Current, Means with { HasAuthenticator = false }) is { } refusal)
        {
            Refusal = refusal;
            return Invalid();
        }

        var isOff = await own.ChangeAsync(
            async person =>
            {
                await factors.RemoveAuthenticatorAsync(person, cancel);
                return true;
            },
            "The authenticator app is turned off",
            "from now on your account asks for no code of an authenticator app.",
            cancel);
        Say(isOff ? "The authenticator app is turned off." : "It was off already.");
        return Go(SecondFactorFirst.Path);
    }

    [AskAgain]
    public async Task<IActionResult> OnPostCodesAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (!Means.Any)
        {
            Refusal = "Recovery codes go with an authenticator app or a passkey. Set up one of these first.";
            return Invalid();
        }

        await using var write = await db.BeginWriteAsync(cancel);
        var me = await db.People.FirstAsync(p => p.Id == user.Id, cancel);
        var codes = await factors.MakeRecoveryCodesAsync(me, cancel);
        await write.CommitAsync(cancel);
        await mail.TellAsync(me, "New recovery codes were made", "new recovery codes were made for your account just now, and the old ones are worthless.", cancel);
        ShownCodes.Put(TempData, codes);
        return Go(CodesModel.Path);
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Means = await factors.OfAsync(user.Id, cancel);
        Keys = await passkeys.ListAsync(user.Id, cancel);
        IsLinked = provider.IsThere && await db.UserLogins.AnyAsync(l => l.UserId == user.Id, cancel);
        HasPassword = await db.People.AnyAsync(p => p.Id == user.Id && p.PasswordHash != null, cancel);
    }
}
