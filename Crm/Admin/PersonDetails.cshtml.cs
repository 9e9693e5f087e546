using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>One person's account, and what an admin can do about it.</summary>
[Needs(Right.RunWorkspace)]
public sealed class PersonDetailsModel(CrmDb db, UserManager<Person> users, PasswordResets resets, PublicAddress address, Clock clock) : CrmPage
{
    private const string LastAdmin = "This is the last admin who can sign in. Make somebody else an admin first.";

    [BindProperty]
    public EditPerson Input { get; set; } = new();

    public Person Person { get; private set; } = null!;

    public IReadOnlyList<AccountChange> Changes { get; private set; } = [];

    /// <summary>Why what was asked for was not done.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        Input = Present();
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

        Person.Rename(Typed.Line(Input.Name));
        Person.Become(Input.Role);
        if (Person.Email is not null)
        {
            Person.SignInWith(Typed.Line(Input.Email));
        }

        if (!(await users.UpdateAsync(Person)).Succeeded)
        {
            await db.Entry(Person).ReloadAsync(cancel);
            return Invalid("Input.Email", "This address has an account already.");
        }

        await write.CommitAsync(cancel);
        Say($"{Person.Name} is saved.");
        return Go($"/people/{id}");
    }

    public Task<IActionResult> OnPostEnableAsync(int id, CancellationToken cancel) =>
        SwitchAsync(id, p => p.Enable(), p => $"{p.Name}'s account is enabled.", cancel);

    public async Task<IActionResult> OnPostDisableAsync(int id, CancellationToken cancel) =>
        await SwitchAsync(id, p => p.Disable(clock.Now), p => $"{p.Name}'s account is disabled, and they are signed out.", cancel, isAdminLost: true);

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

    private async Task<IActionResult> SwitchAsync(int id, Action<Person> act, Func<Person, string> words, CancellationToken cancel, bool isAdminLost = false)
    {
        ModelState.Clear();
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        if (isAdminLost && await IsLastAdminAsync(cancel))
        {
            (Refusal, Input) = (LastAdmin, Present());
            return Invalid();
        }

        act(Person);
        await db.SaveChangesAsync(cancel);
        if (!Person.CanSignIn)
        {
            await Sessions.EndAllAsync(db, id, cancel: cancel);
        }

        await write.CommitAsync(cancel);
        Say(words(Person));
        return Go($"/people/{id}");
    }

    private async Task<(string Field, string Words)?> MistakeAsync(CancellationToken cancel)
    {
        if (Person.JoinedAt is not null && Typed.Line(Input.Email).Length == 0)
        {
            return ("Input.Email", "E-mail is needed: they sign in with it.");
        }

        return Input.Role != Role.Admin && await IsLastAdminAsync(cancel) ? ("Input.Role", LastAdmin) : null;
    }

    private async Task<bool> IsLastAdminAsync(CancellationToken cancel) =>
        Person is { Role: Role.Admin, CanSignIn: true }
        && !await db.People.AnyAsync(p => p.Id != Person.Id && p.Role == Role.Admin && p.DisabledAt == null && p.JoinedAt != null, cancel);

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        Person = (await db.People.FirstOrDefaultAsync(p => p.Id == id, cancel))!;
        Changes = await AccountChange.LoadAsync(db, id, cancel);
        return Person is not null;
    }

    private EditPerson Present() => new() { Name = Person.Name, Email = Person.Email, Role = Person.Role };
}
