using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>Throws away the log of deliveries after a month.</summary>
public static class OldDeliveries
{
    public const int KeptDays = 30;

    /// <summary>The newest are kept whatever the clock says: one that is wrong must not empty the log.</summary>
    public const int KeptAlways = 1_000;

    /// <summary>At once, so that nobody waits long to write.</summary>
    private const int Portion = 2_000;

    /// <summary>Throws away what has ended and names somebody of whom nothing personal is to be left.</summary>
    /// <param name="words">Names and addresses of theirs.</param>
    public static async Task ForgetAsync(CrmDb db, IEnumerable<string> words, CancellationToken cancel)
    {
        foreach (var word in words.Where(w => w.Length > 0))
        {
            await db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.State != DeliveryState.Pending && d.Payload.Contains(word)).ExecuteDeleteAsync(cancel);
        }
    }

    public static async Task DeleteAsync(CrmDb db, DateTime now, CancellationToken cancel)
    {
        var old = now.AddDays(-KeptDays);
        var newest = await db.WebhookDeliveries.OrderByDescending(d => d.Id).Select(d => d.Id).Skip(KeptAlways).FirstOrDefaultAsync(cancel);
        var last = await db.WebhookDeliveries.Where(d => d.CreatedAt < old && d.Id <= newest).OrderByDescending(d => d.Id).Select(d => (long?)d.Id).FirstOrDefaultAsync(cancel);
        for (var deleted = last is null ? 0 : Portion; deleted == Portion;)
        {
            await using var write = await db.BeginWriteAsync(cancel);
            var portion = db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.Id <= last && d.CreatedAt < old && d.State != DeliveryState.Pending).OrderBy(d => d.Id).Take(Portion).Select(d => d.Id);
            deleted = await db.WebhookDeliveries.IgnoreQueryFilters().Where(d => portion.Contains(d.Id)).ExecuteDeleteAsync(cancel);
            await write.CommitAsync(cancel);
        }
    }
}
