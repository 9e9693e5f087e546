using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>Helps somebody in again who has lost their second factor and their recovery codes.</summary>
[Needs(Right.RunWorkspace)]
[AskAgain]
public sealed class SecondFactorModel(CrmDb db, CurrentUser user, AccountEdits edits) : CrmPage
{
    public Person Person { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        // One's own is looked after in one's own profile.
        if (id == user.Id)
        {
            return NotAllowed();
        }

        await edits.TakeSecondFactorAsync(Person, cancel);
        await write.CommitAsync(cancel);
        await edits.TellOfSecondFactorAsync(Person, cancel);
        Say($"{Person.Name}'s password alone opens their account now.");
        return Go($"/people/{id}");
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        Person = (await db.People.FirstOrDefaultAsync(p => p.Id == id && p.JoinedAt != null && p.DeletedAt == null, cancel))!;
        return Person is not null;
    }
}
