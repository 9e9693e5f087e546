using Crm.Accounts;
using Crm.Timeline;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>What was sent to webhooks, over the API.</summary>
public static class DeliveriesApi
{
    private const int MostAttempts = 50;

    private static readonly Keyset<WebhookDelivery> Newest = Keyset<WebhookDelivery>.ById("newest", isDescending: true);

    public static void MapDeliveries(this RouteGroupBuilder webhooks)
    {
        webhooks.MapPost("/{id:int}/test", TestAsync).WithName("testWebhook");
        webhooks.MapGet("/{id:int}/deliveries", ListAsync).WithName("listWebhookDeliveries");
        webhooks.MapGet("/{id:int}/deliveries/{delivery:long}", GetAsync).WithName("getWebhookDelivery");
        webhooks.MapPost("/{id:int}/deliveries/{delivery:long}/redeliver", RedeliverAsync).WithName("redeliverWebhookDelivery");
    }

    /// <summary>Send a test</summary>
    /// <remarks>A message of the type <c>webhook.test</c>. The answer is its place in the log.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Made<DeliveryResource>, Refusal>> TestAsync(int id, Subscriptions subscriptions, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var webhook = await call.Db.Webhooks.Include(w => w.Health).FirstOrDefaultAsync(w => w.Id == id, call.Cancel);
        if (Refusal.Of(webhook, _ => true) is { } refusal)
        {
            return refusal;
        }

        if (webhook.PausedAt is not null)
        {
            return Refusal.Conflict(DetailsModel.IsPaused);
        }

        var delivery = webhook.Test(subscriptions.Link($"/webhooks/{id}"), call.User, Via.Api, call.Clock.Now);
        call.Db.WebhookDeliveries.Add(delivery);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return new Made<DeliveryResource>(DeliveryResource.Of(delivery), null, $"{ApiRoutes.Prefix}/webhooks/{id}/deliveries/{delivery.Id}");
    }

    /// <summary>List the messages of a webhook</summary>
    /// <remarks>The newest first. They are kept for 30 days.</remarks>
    /// <param name="id">Of the webhook.</param>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Listed<DeliveryResource>, Refusal>> ListAsync(int id, [AsParameters] DeliveryQuery query, [AsParameters] PageQuery page, [AsParameters] Call call)
    {
        if (!await call.Db.Webhooks.AnyAsync(w => w.Id == id, call.Cancel))
        {
            return Refusal.NotFound;
        }

        DeliveryState? state = query.State is { } chosen ? chosen.Value : null;
        var deliveries = call.Db.WebhookDeliveries.AsNoTracking().Where(d => d.WebhookId == id && (state == null || d.State == state));
        return new Listed<DeliveryResource>(await Newest.ReadAsync(deliveries, page, some => some.AsResources(), d => d.Id, call.Cancel));
    }

    /// <summary>Get a message of a webhook</summary>
    /// <remarks>With what was sent and what came back each time.</remarks>
    /// <param name="id">Of the webhook.</param>
    /// <param name="delivery">Its place in the log.</param>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<DeliveryDetails>, Refusal>> GetAsync(int id, long delivery, [AsParameters] Call call)
    {
        if (await Of(id, delivery, call).FirstOrDefaultAsync(call.Cancel) is not { } found)
        {
            return Refusal.NotFound;
        }

        var log = await call.Db.Set<WebhookAttempt>().AsNoTracking().Where(a => a.DeliveryId == delivery).OrderByDescending(a => a.Id).Take(MostAttempts)
            .Select(a => new AttemptResource(a.At, a.Status, a.Answer, a.Error, a.Milliseconds)).ToListAsync(call.Cancel);
        return new Tagged<DeliveryDetails>(new DeliveryDetails(DeliveryResource.Of(found), found.Payload, log));
    }

    /// <summary>Send a message again</summary>
    /// <remarks>The same under the same id, also when it has arrived before. If it fails, it is tried again over two days.</remarks>
    /// <param name="id">Of the webhook.</param>
    /// <param name="delivery">Its place in the log.</param>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<DeliveryResource>, Refusal>> RedeliverAsync(int id, long delivery, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (await call.Db.WebhookDeliveries.Include(d => d.Webhook.Health).FirstOrDefaultAsync(d => d.WebhookId == id && d.Id == delivery, call.Cancel) is not { } found)
        {
            return Refusal.NotFound;
        }

        if (found.Webhook.PausedAt is not null)
        {
            return Refusal.Conflict(DetailsModel.IsPaused);
        }

        found.SendAgain(call.Clock.Now);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return new Tagged<DeliveryResource>(DeliveryResource.Of(found));
    }

    private static IQueryable<WebhookDelivery> Of(int id, long delivery, Call call) => call.Db.WebhookDeliveries.AsNoTracking().Where(d => d.WebhookId == id && d.Id == delivery);
}
