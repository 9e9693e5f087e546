using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Imports;
using Crm.Timeline;
using Crm.Web;
using Crm.Webhooks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>What restoring a backup would change, and the button that does it.</summary>
[Needs(Right.RunWorkspace)]
[AskAgain]
[CountsAs(RequestKind.Heavy)]
public sealed class BackupDetailsModel(
    CrmDb db, CurrentUser user, Clock clock, Snapshots snapshots, Restoration restoration, Maintenance maintenance, DataVersion versions, WorkspaceCache workspace, Subscriptions subscriptions)
    : CrmPage
{
    public Snapshot Snapshot { get; private set; } = null!;

    public RestorePreview? Preview { get; private set; }

    public string? Error { get; private set; }

    public IActionResult OnGet(string name) => Show(name);

    public async Task<IActionResult> OnPostAsync(string name, CancellationToken cancel)
    {
        if (snapshots.Named(name) is not { } snapshot)
        {
            return NotFound();
        }

        if (await db.Imports.AnyAsync(i => i.State == ImportState.Running, cancel))
        {
            return Refuse(name, "An import is just running. Wait until it has ended, then restore.");
        }

        using var closed = await maintenance.CloseAsync();
        if (closed is null)
        {
            return Refuse(name, "Somebody else is just restoring a backup.");
        }

        try
        {
            // Half done it must not stay, whether or not somebody still waits for the answer.
            await Task.Run(() => restoration.RunAsync(snapshot.Path, new Restorer(user.Id, Via.Web), clock.Now, CancellationToken.None), CancellationToken.None);
        }
        catch (DatabaseRefusedException refused)
        {
            return Refuse(name, refused.Message);
        }

        versions.Reopen();
        workspace.Forget();
        subscriptions.Forget();
        await HttpContext.SignOutAsync(CurrentUser.Scheme);
        Say("The backup is restored. Everybody signs in again.");
        return Go(SessionCookie.SignInPath);
    }

    private IActionResult Show(string name)
    {
        if (snapshots.Named(name) is not { } snapshot)
        {
            return NotFound();
        }

        Snapshot = snapshot;
        try
        {
            Preview = restoration.Preview(snapshot.Path, [.. db.Database.GetMigrations()]);
        }
        catch (DatabaseRefusedException refused)
        {
            Error ??= refused.Message;
        }

        return Page();
    }

    private IActionResult Refuse(string name, string words)
    {
        Error = words;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show(name);
    }
}
