using Crm.Web;

namespace Crm.Notifications;

public static class NotificationServices
{
    public static IServiceCollection AddCrmNotifications(this IServiceCollection services)
    {
        services.AddSettings<MailSettings>();
        services.AddSingleton<Outbox>();
        services.AddHostedService<MailSender>();
        services.AddHealthChecks().AddCheck<MailCheck>("mail");
        return services;
    }
}
