using System.ComponentModel.DataAnnotations;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>Changes the address that one signs in with.</summary>
[Needs(Right.OwnAccount)]
[AskAgain]
public sealed class EmailModel(CrmDb db, CurrentUser user, EmailChanges changes, SignInLog log) : CrmPage
{
    public const string Path = "/profile/email";

    [BindProperty]
    [Display(Name = "New e-mail")]
    [Line(Person.EmailLength, Required = true)]
    [Email]
    public string? Email { get; set; }

    public string? Present { get; private set; }

    public PendingEmail? Pending { get; private set; }

    public bool CanMail => changes.CanMail;

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        var email = Typed.Line(Email);
        if (ModelState.IsValid && string.Equals(email, Present, StringComparison.OrdinalIgnoreCase))
        {
            ModelState.AddModelError(nameof(Email), "That is your address already.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        return CanMail ? await AskAsync(email, cancel) : await ChangeAsync(email, cancel);
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await EmailChanges.ForgetAsync(db, user.Id, cancel);
        await write.CommitAsync(cancel);
        Say("Your address stays as it is.");
        return Go(Path);
    }

    private async Task<IActionResult> AskAsync(string email, CancellationToken cancel)
    {
        if (!await log.AskForLinkAsync(user.Id, cancel))
        {
            return Invalid(nameof(Email), "Too many links were asked for within the hour. Try again later.");
        }

        await using var write = await db.BeginWriteAsync(cancel);
        var person = await db.People.FirstAsync(p => p.Id == user.Id, cancel);
        var token = await changes.RequestAsync(person, email, cancel);
        await write.CommitAsync(cancel);
        await changes.MailAsync(person, email, token, cancel);
        Say($"A link is on its way to {email}. Your address changes when you open it.");
        return Go(Path);
    }

    private async Task<IActionResult> ChangeAsync(string email, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var person = await db.People.FirstAsync(p => p.Id == user.Id, cancel);
        var old = person.Email;
        if (!await changes.ApplyAsync(person, email, user.SessionId, cancel))
        {
            return Invalid(nameof(Email), "That address cannot be used here. Choose another.");
        }

        await write.CommitAsync(cancel);
        await changes.TellAsync(old, person.Name, cancel);
        Say($"From now on you sign in as {email}.");
        return Go("/profile");
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Present = await db.People.Where(p => p.Id == user.Id).Select(p => p.Email).FirstAsync(cancel);
        Pending = await changes.PendingAsync(user.Id, cancel);
    }
}
