using System.Net;
using Crm.Data;
using Crm.Web;

namespace Crm.Webhooks;

public static class WebhookServices
{
    public static IServiceCollection AddCrmWebhooks(this IServiceCollection services)
    {
        services.AddSettings<WebhookSettings>();
        services.AddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.AddSingleton<Targets>().AddSingleton<WebhookSecrets>().AddSingleton<WebhookClient>().AddSingleton<PauseMail>();
        services.AddSingleton<WebhookSender>().AddHostedService<WebhookWorker>();
        services.AddDailyWork("old deliveries of webhooks", OldDeliveries.DeleteAsync);
        services.AddHealthChecks().AddCheck<OutboxCheck>("webhooks");
        return services;
    }
}
