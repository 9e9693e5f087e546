using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>What everybody decides for themselves.</summary>
[Cacheable]
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

    /// <summary>What was changed elsewhere while the form was open.</summary>
    public IReadOnlyList<FormConflict> Conflicts { get; private set; } = [];

    public static IEnumerable<Option> Zones(Workspace workspace) => TimeZones.All.Prepend(new Option("", $"The workspace's ({workspace.TimeZone})"));

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = "Input")] EditProfile input, CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            await LoadAsync(cancel);
            Input = Input with { Seen = input.Seen };
            return Invalid();
        }

        await using var write = await db.BeginWriteAsync(cancel);
        var person = await db.People.FirstAsync(p => p.Id == user.Id, cancel);
        (Conflicts, var theirs) = await ConflictsAsync(person, input, cancel);
        if (Conflicts.Count > 0)
        {
            ModelState.Remove("Input.Seen");
            await LoadAsync(cancel);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        person.Rename(theirs.Contains(nameof(Person.Name)) ? person.Name : Typed.Line(input.Name));
        person.LiveIn(theirs.Contains(nameof(Person.TimeZone)) ? person.TimeZone : string.IsNullOrEmpty(input.TimeZone) ? null : input.TimeZone);
        person.Prefer(theirs.Contains(nameof(Person.Theme)) ? person.Theme : input.Theme);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Say("Your profile is saved.");
        return Go("/profile");
    }

    private Task<(IReadOnlyList<FormConflict> Conflicts, IReadOnlySet<string> Theirs)> ConflictsAsync(Person person, EditProfile input, CancellationToken cancel) =>
        FormConflict.FindAsync(
            db,
            nameof(Person),
            person.Id,
            input.Seen,
            [
                new(nameof(Person.Name), "Name", Typed.Line(input.Name), person.Name),
                new(nameof(Person.TimeZone), "Time zone", input.TimeZone ?? "", person.TimeZone ?? ""),
                new(nameof(Person.Theme), "Colours", $"{input.Theme}", $"{person.Theme}"),
            ],
            cancel);

    private async Task LoadAsync(CancellationToken cancel)
    {
        var me = await db.People.AsNoTracking().FirstAsync(p => p.Id == user.Id, cancel);
        Email = me.Email;
        var seen = await FormConflict.SeenAsync(db, nameof(Person), user.Id, cancel);
        Input = new EditProfile { Name = me.Name, TimeZone = me.TimeZone, Theme = me.Theme, Seen = seen };
    }
}
