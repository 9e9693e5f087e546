using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>One person's account, and what an admin can do about it.</summary>
[Needs(Right.RunWorkspace)]
public sealed class PersonDetailsModel(CrmDb db, UserManager<Person> users, CurrentUser user, PasswordResets resets, EmailChanges emails, Confirmation confirmation, PublicAddress address) : CrmPage
{
    internal const string LastAdmin = "This is the last admin who can sign in. Make somebody else an admin first.";

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

        if (await MistakeAsync(cancel) is { } mistake)
        {
            ModelState.AddModelError(mistake.Field, mistake.Words);
        }

        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        if (await ConflictAsync(cancel) is { } conflict)
        {
            return conflict;
        }

        if (OpensOtherDoors && !confirmation.IsFresh)
        {
            return confirmation.Ask(HttpContext);
        }

        var (old, role) = (Person.Email, Person.Role);
        Person.Rename(Typed.Line(Input.Name));
        Person.Become(Input.Role);
        if (old is not null)
        {
            Person.SignInWith(Typed.Line(Input.Email));
        }

        if (!(await users.UpdateAsync(Person)).Succeeded)
        {
            await db.Entry(Person).ReloadAsync(cancel);
            return Invalid("Input.Email", "This address has an account already.");
        }

        if (old != Person.Email)
        {
            await PersonalTokens.EndAllAsync(db, id, cancel);
            await db.SaveChangesAsync(cancel);
        }

        if (role != Person.Role || old != Person.Email)
        {
            // What a copied cookie could do must not grow, and whoever gets their address back is alone in their account.
            await Sessions.EndAllAsync(db, id, user.SessionId, cancel);
        }

        await write.CommitAsync(cancel);
        await emails.TellAsync(old == Person.Email ? null : old, Person.Name, cancel);
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

    /// <summary>Who signs in, or what they may do then, would be another: a browser left alone does not decide that.</summary>
    private bool OpensOtherDoors => Input.Role != Person.Role || (Person.Email is not null && Typed.Line(Input.Email) != Person.Email);

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

    private async Task<(string Field, string Words)?> MistakeAsync(CancellationToken cancel)
    {
        if (Person.JoinedAt is not null && Typed.Line(Input.Email).Length == 0)
        {
            return ("Input.Email", "E-mail is needed: they sign in with it.");
        }

        return Input.Role != Role.Admin && await db.People.IsLastAdminAsync(Person, cancel) ? ("Input.Role", LastAdmin) : null;
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        Person = (await db.People.FirstOrDefaultAsync(p => p.Id == id && p.DeletedAt == null, cancel))!;
        Changes = await AccountChange.LoadAsync(db, id, cancel);
        return Person is not null;
    }

    private EditPerson Present(long? seen) => new() { Name = Person.Name, Email = Person.Email, Role = Person.Role, Seen = seen };
}
