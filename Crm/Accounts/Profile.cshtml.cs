using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>What everybody decides for themselves.</summary>
[Needs(Right.OwnAccount)]
public sealed class ProfileModel(CrmDb db, CurrentUser user) : CrmPage
{
    public static readonly IReadOnlyList<Option> Themes =
    [
        new(nameof(Theme.System), "As this device is set"),
        new(nameof(Theme.Light), "Light"),
        new(nameof(Theme.Dark), "Dark"),
    ];

    public EditProfile Input { get; private set; } = new();

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
