using Crm.Accounts;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Data.Demo;

/// <summary>Two buttons of the start page: look around with sample data, and remove it again.</summary>
[Needs(Right.RunWorkspace)]
[CountsAs(RequestKind.Heavy)]
public sealed class SampleDataModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostFillAsync(CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var filled = await SampleData.FillAsync(db, user.Id, clock.Now, cancel);
        await write.CommitAsync(cancel);
        Say(filled ? "The sample data is here. Remove it with one click when you have seen enough." : "The sample data is here already.");
        return Go("/");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await SampleData.RemoveAsync(db, clock.Now, cancel);
        await write.CommitAsync(cancel);
        Say("The sample data is gone, with all that was written in it.");
        return Go("/");
    }
}
