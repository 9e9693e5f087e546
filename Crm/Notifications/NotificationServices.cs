namespace Crm.Notifications;

public static class NotificationServices
{
    public static IServiceCollection AddCrmNotifications(this IServiceCollection services)
    {
        services.AddOptions<MailSettings>().BindConfiguration("Mail");
        services.AddSingleton<Outbox>();
        services.AddHostedService<MailSender>();
        return services;
    }
}
