using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Webhooks;

/// <summary>The program with webhooks, which are sent when a test says so and not by themselves.</summary>
internal static class WebhookHost
{
    public static Task<CrmHost> StartAsync(bool allowPrivate = true, Action<WebApplicationBuilder>? configure = null) => CrmHost.StartAsync(configure: builder =>
    {
        builder.Configuration["Webhooks:AllowPrivate"] = $"{allowPrivate}";
        builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(WebhookWorker)));
        configure?.Invoke(builder);
    });

    /// <summary>A webhook that is there, and its secret.</summary>
    /// <param name="events">All when none is named.</param>
    public static async Task<(Webhook Webhook, string Secret)> AddWebhookAsync(this CrmHost host, string url, params string[] events)
    {
        var admin = await host.AddPersonAsync("Ada Admin", Role.Admin);
        var secret = WebhookSecrets.Make();
        var sealedSecret = host.Services.GetRequiredService<WebhookSecrets>().Seal(secret);
        var webhook = Webhook.Create("Mirror", "", url, events.Length == 0 ? [Webhook.Everything] : events, sealedSecret, admin.Id, host.Now);
        await host.SaveAsync(db => db.Webhooks.Add(webhook));
        return (webhook, secret);
    }

    public static Task SendDueAsync(this CrmHost host) => host.Services.GetRequiredService<WebhookSender>().SendDueAsync(TestContext.Current.CancellationToken);

    /// <summary>All that is in the outbox and the log, oldest first.</summary>
    public static Task<List<WebhookDelivery>> DeliveriesAsync(this CrmHost host) =>
        host.ReadAsync(db => db.WebhookDeliveries.IgnoreQueryFilters().AsNoTracking().Include(d => d.Log).OrderBy(d => d.Id).ToListAsync());

    public static Task<Webhook> WebhookAsync(this CrmHost host, int id) =>
        host.ReadAsync(db => db.Webhooks.IgnoreQueryFilters().AsNoTracking().Include(w => w.Health).FirstAsync(w => w.Id == id));
}
