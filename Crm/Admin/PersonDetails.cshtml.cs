using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>One person's account, and what an admin can do about it.</summary>
[Needs(Right.RunWorkspace)]
public sealed class PersonDetailsModel(CrmDb db, AccountEdits edits, PasswordResets resets, Confirmation confirmation, PublicAddress address) : CrmPage
{
    [BindProperty]
    public EditPerson Input { get; set; } = new();

    public Person Person { get; private set; } = null!;

    public IReadOnlyList<AccountChange> Changes { get; private set; } = [];

    /// <summary>What somebody else wrote while the form was open.</summary>
    public IReadOnlyList<FormConflict> Conflicts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        Input = Present(await SeenAsync(cancel));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        if (await edits.MistakeAsync(Person, Input, cancel) is var (field, words))
        {
            ModelState.AddModelError($"Input.{field}", words);
        }

        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        if (await ConflictAsync(cancel) is { } conflict)
        {
            return conflict;
        }

        if (AccountEdits.OpensOtherDoors(Person, Input) && !confirmation.IsFresh)
        {
            return confirmation.Ask(HttpContext);
        }

        var old = Person.Email;
        if (!await edits.SaveAsync(Person, Input, cancel))
        {
            return Invalid("Input.Email", AccountEdits.Taken);
        }

        await write.CommitAsync(cancel);
        await edits.TellAsync(Person, old, cancel);
        Say($"{Person.Name} is saved.");
        return Go($"/people/{id}");
    }

    public async Task<IActionResult> OnPostEnableAsync(int id, CancellationToken cancel)
    {
        ModelState.Clear();
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        Person.Enable();
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Say($"{Person.Name}'s account is enabled.");
        return Go($"/people/{id}");
    }

    [AskAgain]
    public async Task<IActionResult> OnPostResetLinkAsync(int id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel) || !Person.CanSignIn)
        {
            return NotFound();
        }

        ShownLink.Put(TempData, $"With it, {Person.Name} chooses a new password. It is good for one day.", address.Link(await resets.PathForAsync(Person))!);
        return Go("/people/link");
    }

    /// <summary>The same form once more, when somebody else changed what is changed in it; what only they changed stays theirs.</summary>
    private async Task<IActionResult?> ConflictAsync(CancellationToken cancel)
    {
        var present = Present(null);
        List<FormValue> values =
        [
            new(nameof(Person.Name), "Name", Typed.Line(Input.Name), present.Name ?? ""),
            new(nameof(Person.Role), "Role", $"{Input.Role}", $"{present.Role}"),
            new(nameof(Person.Email), "E-mail", Person.Email is null ? "" : Typed.Line(Input.Email), present.Email ?? ""),
        ];
        (Conflicts, var theirs) = await FormConflict.FindAsync(db, nameof(Person), Person.Id, Input.Seen, values, cancel);
        if (Conflicts.Count > 0)
        {
            ModelState.Remove("Input.Seen");
            Input = Input with { Seen = await SeenAsync(cancel) };
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        Input = Input with
        {
            Name = theirs.Contains(nameof(Person.Name)) ? present.Name : Input.Name,
            Role = theirs.Contains(nameof(Person.Role)) ? present.Role : Input.Role,
            Email = theirs.Contains(nameof(Person.Email)) ? present.Email : Input.Email,
        };
        return null;
    }

    private Task<long> SeenAsync(CancellationToken cancel) => FormConflict.SeenAsync(db, nameof(Person), Person.Id, cancel);

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        Person = (await db.People.FirstOrDefaultAsync(p => p.Id == id && p.DeletedAt == null, cancel))!;
        Changes = await AccountChange.LoadAsync(db, id, cancel);
        return Person is not null;
    }

    private EditPerson Present(long? seen) => new() { Name = Person.Name, Email = Person.Email, Role = Person.Role, Seen = seen };
}
