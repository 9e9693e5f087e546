using System.ComponentModel.DataAnnotations;
using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>One of one's own passkeys: its name, and its end.</summary>
[Needs(Right.OwnAccount)]
[AskAgain]
public sealed class PasskeyModel(CrmDb db, CurrentUser user, Passkeys passkeys, SecondFactors factors, OwnSecurity own, WorkspaceCache workspace) : CrmPage
{
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty]
    [Display(Name = "Name")]
    [Line(Passkeys.NameLength, Required = true)]
    public string? Name { get; set; }

    public string Present { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>Why what was asked for was not done.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await FindAsync(await MeAsync(cancel)) is null)
        {
            return NotFound();
        }

        Name = Present;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var me = await MeAsync(cancel);
        if (await FindAsync(me) is not { } passkey)
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        await passkeys.RenameAsync(me, passkey, Typed.Line(Name));
        await write.CommitAsync(cancel);
        Say("The passkey is renamed.");
        return Go(SecondFactorFirst.Path);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        if (await FindAsync(await MeAsync(cancel)) is not { } passkey)
        {
            return NotFound();
        }

        var means = await factors.OfAsync(user.Id, cancel);
        if (SecondFactors.RefusalToTakeAway(workspace.Current, means with { Passkeys = means.Passkeys - 1 }) is { } refusal)
        {
            (Refusal, Name) = (refusal, Present);
            return Invalid();
        }

        await own.ChangeAsync(
            async person =>
            {
                await passkeys.RemoveAsync(person, passkey, cancel);
                await factors.SettleAsync(person, cancel);
                return true;
            },
            "A passkey was removed",
            $"the passkey “{Present}” does not open your account any more.",
            cancel);
        Say("The passkey is removed, and you are signed out everywhere else.");
        return Go(SecondFactorFirst.Path);
    }

    private Task<Person> MeAsync(CancellationToken cancel) => db.People.FirstAsync(p => p.Id == user.Id, cancel);

    private async Task<UserPasskeyInfo?> FindAsync(Person me)
    {
        var passkey = await passkeys.FindAsync(me, Key);
        (Present, CreatedAt) = (passkey?.Name ?? "Passkey", passkey?.CreatedAt.UtcDateTime ?? default);
        return passkey;
    }
}
