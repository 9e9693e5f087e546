using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>One message: what was sent, and what came back each time.</summary>
[Needs(Right.RunWorkspace)]
public sealed class DeliveryModel(CrmDb db, Clock clock, WebhookSecrets secrets) : CrmPage
{
    private const int MostAttempts = 50;

    public WebhookDelivery Delivery { get; private set; } = null!;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts { get; private set; } = [];

    /// <summary>The request as it goes over the wire, but for the lines of its body.</summary>
    public string Wire { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(int id, long delivery, CancellationToken cancel)
    {
        if (!await FindAsync(id, delivery, cancel))
        {
            return NotFound();
        }

        Attempts = await db.Set<WebhookAttempt>().AsNoTracking().Where(a => a.DeliveryId == delivery).OrderByDescending(a => a.Id).Take(MostAttempts).ToListAsync(cancel);
        var headers = HeadersAt(Attempts.Count > 0 ? Attempts[0].At : clock.Now).Select(h => $"{h.Key}: {h.Value}\n");
        Wire = $"POST {Delivery.Webhook.Url}\n{string.Concat(headers)}\n{WebhookWords.Pretty(Delivery.Payload)}";
        return Page();
    }

    public async Task<IActionResult> OnPostRedeliverAsync(int id, long delivery, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, delivery, cancel))
        {
            return NotFound();
        }

        if (Delivery.Webhook.PausedAt is not null)
        {
            return Refuse(StatusCodes.Status409Conflict, DetailsModel.IsPaused);
        }

        Delivery.SendAgain(clock.Now);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Say("The message is on its way again. Reload to see the answer.");
        return Go($"/webhooks/{id}/deliveries/{delivery}");
    }

    private Dictionary<string, string> HeadersAt(DateTime at)
    {
        Dictionary<string, string> headers = new(StringComparer.Ordinal) { ["content-type"] = "application/json", ["user-agent"] = WebhookClient.UserAgent.ToString() };
        var isOpen = secrets.TryOpen(Delivery.Webhook.SealedSecret, out var secret);
        foreach (var (name, value) in WebhookSender.Headers(Delivery, at, isOpen ? [secret!] : []))
        {
            headers[name] = value;
        }

        return headers;
    }

    private async Task<bool> FindAsync(int id, long delivery, CancellationToken cancel)
    {
        var found = db.WebhookDeliveries.Include(d => d.Webhook.Health).Where(d => d.WebhookId == id && d.Id == delivery);
        return (Delivery = (await found.FirstOrDefaultAsync(cancel))!) is not null;
    }
}
