using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>Invitations that nobody has used yet.</summary>
[Cacheable]
[Needs(Right.RunWorkspace)]
public sealed class InvitationListModel(CrmDb db, Invitations invitations, Clock clock) : CrmPage
{
    private const int PageSize = 50;
    private const int LastPage = 1000;

    public Page<InvitationRow> Rows { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] string? page, CancellationToken cancel)
    {
        var now = clock.Now;
        var number = int.TryParse(page, out var asked) ? Math.Clamp(asked, 1, LastPage) : 1;
        Rows = await db.Invitations.Waiting().OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id)
            .Select(i => new InvitationRow(
                i.Id, i.Person != null ? i.Person.Name : i.Email ?? "Whoever has the link", i.Role, i.InvitedBy.Name, i.ExpiresAt, i.ExpiresAt <= now))
            .PageAsync(number, PageSize, cancel);
    }

    public async Task<IActionResult> OnPostRevokeAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Invitations.Waiting().FirstOrDefaultAsync(i => i.Id == id, cancel) is not { } invitation)
        {
            return NotFound();
        }

        invitation.Revoke(clock.Now);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        if (WantsFragment)
        {
            Announce("Invitation revoked");
            return new OkResult();
        }

        Say("The invitation is revoked. Its link lets nobody in any more.");
        return LocalRedirect("/people/invitations");
    }

    public async Task<IActionResult> OnPostRenewAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Invitations.Waiting().FirstOrDefaultAsync(i => i.Id == id, cancel) is not { } invitation)
        {
            return NotFound();
        }

        var link = await invitations.RenewAsync(invitation, cancel);
        await write.CommitAsync(cancel);
        await invitations.MailAsync(link, cancel);
        ShownLink.Put(TempData, "The link that was made before is worthless now.", link.Url);
        return Go("/people/link");
    }
}
