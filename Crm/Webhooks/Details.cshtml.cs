using Crm.Accounts;
using Crm.Data;
using Crm.Timeline;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>One webhook: how it does, what was sent, and what an admin can do about it.</summary>
[Needs(Right.RunWorkspace)]
public sealed class DetailsModel(CrmDb db, CurrentUser user, Clock clock, Subscriptions subscriptions) : CrmPage
{
    private const int PageSize = 50;
    private const int LastPage = 1000;

    internal const string IsPaused = "This webhook is paused. Resume it first.";

    public Webhook Webhook { get; private set; } = null!;

    public Page<DeliveryRow> Log { get; private set; } = null!;

    public DeliveryState? Filter { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, [FromQuery] string? state, [FromQuery(Name = "page")] string? page, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return await GoneAsync<Webhook>(db, id, cancel);
        }

        Filter = Enum.GetValues<DeliveryState>().Cast<DeliveryState?>().FirstOrDefault(s => s.ToString() == state);
        Log = await db.Log(id, Filter).PageAsync(int.TryParse(page, out var asked) ? Math.Clamp(asked, 1, LastPage) : 1, PageSize, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostPauseAsync(int id, CancellationToken cancel) =>
        ChangeAsync(id, () => Webhook.Pause(clock.Now), "is paused.", cancel);

    public Task<IActionResult> OnPostResumeAsync(int id, CancellationToken cancel) =>
        ChangeAsync(id, () => Webhook.Resume(), "is resumed. What waited goes out now.", cancel);

    public Task<IActionResult> OnPostTestAsync(int id, CancellationToken cancel) =>
        ChangeAsync(id, Test, "gets a test message. Reload to see the answer.", cancel, needsActive: true);

    public Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel) =>
        ChangeAsync(id, () => Webhook.Delete(clock.Now), "is deleted. Nothing more is sent to it.", cancel, undo: "Restore");

    public Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancel) =>
        ChangeAsync(id, Restore, "is there again, and paused.", cancel, isDeleted: true);

    private void Test() => db.WebhookDeliveries.Add(Webhook.Test(subscriptions.Link($"/webhooks/{Webhook.Id}"), user, Via.Web, clock.Now));

    private void Restore()
    {
        if (Webhook.DeletedAt is not null)
        {
            Webhook.Restore(clock.Now);
        }
    }

    /// <param name="words">What became of it, said of its name.</param>
    private async Task<IActionResult> ChangeAsync(int id, Action change, string words, CancellationToken cancel, bool needsActive = false, bool isDeleted = false, string? undo = null)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel, isDeleted))
        {
            return await GoneAsync<Webhook>(db, id, cancel);
        }

        if (needsActive && Webhook.PausedAt is not null)
        {
            return Refuse(StatusCodes.Status409Conflict, IsPaused);
        }

        change();
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Say($"“{Webhook.Name}” {words}", undo is null ? null : $"/webhooks/{id}?handler={undo}");
        return Go(undo is null ? $"/webhooks/{id}" : "/webhooks");
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancel, bool isDeleted = false)
    {
        var all = isDeleted ? db.Webhooks.IgnoreQueryFilters() : db.Webhooks;
        return (Webhook = (await all.Include(w => w.Health).Include(w => w.CreatedBy).FirstOrDefaultAsync(w => w.Id == id, cancel))!) is not null;
    }
}
