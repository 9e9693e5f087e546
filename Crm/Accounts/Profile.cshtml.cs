using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>What everybody decides for themselves.</summary>
[Needs(Right.OwnAccount)]
public sealed class ProfileModel(CrmDb db, CurrentUser user, Credentials credentials, Passwords passwords, PasswordResets resets) : CrmPage
{
    public static readonly IReadOnlyList<Option> Themes =
    [
        new(nameof(Theme.System), "As this device is set"),
        new(nameof(Theme.Light), "Light"),
        new(nameof(Theme.Dark), "Dark"),
    ];

    public EditProfile Input { get; private set; } = new();

    public ChangePassword Password { get; private set; } = new();

    public string? Email { get; private set; }

    public static IEnumerable<Option> Zones(Workspace workspace) => TimeZones.All.Prepend(new Option("", $"The workspace's ({workspace.TimeZone})"));

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = "Input")] EditProfile input, CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return await AgainAsync(cancel);
        }

        await using var write = await db.BeginWriteAsync(cancel);
        var person = await db.People.FirstAsync(p => p.Id == user.Id, cancel);
        person.Rename(Typed.Line(input.Name));
        person.LiveIn(string.IsNullOrEmpty(input.TimeZone) ? null : input.TimeZone);
        person.Prefer(input.Theme);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Say("Your profile is saved.");
        return Go("/profile");
    }

    public async Task<IActionResult> OnPostPasswordAsync([Bind(Prefix = "Password")] ChangePassword password, CancellationToken cancel)
    {
        if (!await credentials.ConfirmAsync(user.Id, password.Present ?? "", cancel))
        {
            ModelState.AddModelError("Password.Present", "That is not your present password.");
            return await AgainAsync(cancel);
        }

        var person = await db.People.FirstAsync(p => p.Id == user.Id, cancel);
        if (await passwords.SetAsync(person, password.New) is { } refusal)
        {
            ModelState.AddModelError("Password.New", refusal);
            return await AgainAsync(cancel);
        }

        await using var write = await db.BeginWriteAsync(cancel);
        await db.SaveChangesAsync(cancel);
        await Sessions.EndAllAsync(db, user.Id, user.SessionId, cancel);
        await write.CommitAsync(cancel);
        await resets.TellAsync(person, cancel);
        Say("Your password is changed, and you are signed out everywhere else.");
        return Go("/profile");
    }

    private async Task<IActionResult> AgainAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        return Invalid();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var me = await db.People.AsNoTracking().FirstAsync(p => p.Id == user.Id, cancel);
        Email = me.Email;
        Input = new EditProfile { Name = me.Name, TimeZone = me.TimeZone, Theme = me.Theme };
    }
}
