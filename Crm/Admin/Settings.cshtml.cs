using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>What holds for the whole workspace.</summary>
[Needs(Right.RunWorkspace)]
public sealed class SettingsModel(CrmDb db, CurrentUser user, Confirmation confirmation, WorkspaceCache cache) : CrmPage
{
    public static readonly IReadOnlyList<Option> Ways =
    [
        new(nameof(Registration.Invitation), "People with an invitation"),
        new(nameof(Registration.Open), "Anybody, as a member of the team"),
        new(nameof(Registration.Closed), "Nobody: also invitations rest"),
    ];

    [BindProperty]
    public EditWorkspace Input { get; set; } = new();

    public string? SecondFactorError => ModelState["Input.RequireSecondFactor"]?.Errors.FirstOrDefault()?.ErrorMessage;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancel);
        Input = new EditWorkspace
        {
            Name = workspace.Name,
            TimeZone = workspace.TimeZone,
            Registration = workspace.Registration,
            RequireSecondFactor = workspace.RequiresSecondFactor,
            Address = workspace.Address,
        };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        await using var write = await db.BeginWriteAsync(cancel);
        var workspace = await db.Workspaces.SingleAsync(cancel);
        if (Input.RequireSecondFactor && !workspace.RequiresSecondFactor && !user.HasSecondFactor)
        {
            return Invalid("Input.RequireSecondFactor", "Set up a second factor of your own first, on the security page of your profile. Nothing was saved.");
        }

        if (Input.RequireSecondFactor != workspace.RequiresSecondFactor && !confirmation.IsFresh)
        {
            return confirmation.Ask(HttpContext);
        }

        workspace.Rename(Typed.Line(Input.Name));
        workspace.RequireSecondFactor(Input.RequireSecondFactor);
        workspace.LiveIn(Input.TimeZone!);
        workspace.Admit(Input.Registration);
        workspace.AnswerAt(Typed.Line(Input.Address).TrimEnd('/') is { Length: > 0 } address ? address : null);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        cache.Forget();
        Say("The settings are saved.");
        return Go("/settings");
    }
}
