using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts;

/// <summary>Where one is signed in oneself, and who tried to.</summary>
[Needs(Right.OwnAccount)]
public sealed class SessionListModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    public const string Path = "/profile/sessions";

    public SignInHistory History { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] string? page, CancellationToken cancel) =>
        History = await SignInHistory.LoadAsync(db, user.Id, Path, user.SessionId, page, clock.Now, cancel);

    public async Task<IActionResult> OnPostEndAsync(int session, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await Sessions.EndAsync(db, user.Id, session, cancel))
        {
            return NotFound();
        }

        await write.CommitAsync(cancel);
        if (WantsFragment)
        {
            Announce("Session ended");
            return new OkResult();
        }

        Say("That session has ended.");
        return LocalRedirect(Path);
    }

    public async Task<IActionResult> OnPostEndOthersAsync(CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await Sessions.EndAllAsync(db, user.Id, user.SessionId, cancel);
        await write.CommitAsync(cancel);
        Say("You are signed out everywhere else.");
        return Go(Path);
    }
}
