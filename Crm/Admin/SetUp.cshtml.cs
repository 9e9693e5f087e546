using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>Makes the workspace and its first admin. Exists only until somebody has done so.</summary>
[AllowAnonymous]
[RequestSizeLimit(AccountLimits.Form)]
[Needs(Right.Anything)]
public sealed class SetUpModel(CrmDb db, UserManager<Person> users, Passwords passwords, PublicAddress address, TimeProvider time) : CrmPage
{
    [BindProperty]
    public SetUpWorkspace Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await IsDoneAsync(cancel) ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await IsDoneAsync(cancel))
        {
            return TooLate();
        }

        var now = time.GetUtcNow().UtcDateTime;
        var admin = Person.Register(Typed.Line(Input.Name), Typed.Line(Input.Email), Role.Admin, now);
        if (await passwords.SetAsync(admin, Input.Password) is { } refusal)
        {
            ModelState.AddModelError("Input.Password", refusal);
        }

        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        await using var write = await db.BeginWriteAsync(cancel);
        if (await IsDoneAsync(cancel))
        {
            return TooLate();
        }

        db.Workspaces.Add(Workspace.SetUp(Typed.Line(Input.Workspace), Input.TimeZone!, now, address.Own));
        if (!(await users.CreateAsync(admin)).Succeeded)
        {
            return Invalid("Input.Email", "That address cannot be used here.");
        }

        await HttpContext.SignInAsync(admin, SignInMethod.Arrival);
        await write.CommitAsync(cancel);
        return LocalRedirect("/");
    }

    /// <summary>Accounts without a workspace cannot come about here; were they there, no stranger should become their admin.</summary>
    private async Task<bool> IsDoneAsync(CancellationToken cancel) =>
        await db.Workspaces.AnyAsync(cancel) || await db.People.AnyAsync(p => p.JoinedAt != null, cancel);

    private IActionResult TooLate()
    {
        Say("Somebody else has just set up the workspace. Sign in, or ask them for an invitation.");
        return LocalRedirect(SessionCookie.SignInPath);
    }
}
