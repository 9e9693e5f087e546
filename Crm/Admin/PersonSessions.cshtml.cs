using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>Where somebody is signed in, which tokens they have, and who tried to get in: for admins.</summary>
[Needs(Right.RunWorkspace)]
public sealed class PersonSessionsModel(CrmDb db, CurrentUser user, PersonalTokens tokens, Clock clock) : CrmPage
{
    public string Name { get; private set; } = "";

    public int Id { get; private set; }

    public SignInHistory History { get; private set; } = null!;

    public ListedTokens Tokens { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, [FromQuery(Name = "page")] string? page, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        History = await SignInHistory.LoadAsync(db, id, Url(id), user.SessionId, page, clock.Now, cancel);
        Tokens = new ListedTokens(Url(id), await PersonalTokens.ListAsync(db, id, cancel), clock.Now);
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(int id, int session, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel) || !await Sessions.EndAsync(db, id, session, cancel))
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
        return LocalRedirect(Url(id));
    }

    public async Task<IActionResult> OnPostEndAllAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        await Sessions.EndAllAsync(db, id, user.SessionId, cancel);
        await write.CommitAsync(cancel);
        Say(id == user.Id ? "You are signed out everywhere else." : $"{Name} is signed out everywhere.");
        return Go(Url(id));
    }

    public async Task<IActionResult> OnPostRevokeAsync(int id, int token, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel) || !await tokens.RevokeAsync(id, token, cancel))
        {
            return NotFound();
        }

        if (WantsFragment)
        {
            Announce("Token revoked");
            return new OkResult();
        }

        Say("The token is revoked. Programs that used it are not let in any more.");
        return LocalRedirect(Url(id));
    }

    private static new string Url(int id) => $"/people/{id}/sessions";

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        var name = await db.People.Where(p => p.Id == id && p.DeletedAt == null).Select(p => p.Name).FirstOrDefaultAsync(cancel);
        (Id, Name) = (id, name ?? "");
        return name is not null;
    }
}
