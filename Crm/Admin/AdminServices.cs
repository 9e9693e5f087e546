using Crm.Admin.Status;
using Crm.Web;

namespace Crm.Admin;

public static class AdminServices
{
    public static IServiceCollection AddCrmAdmin(this IServiceCollection services)
    {
        services.AddSingleton<SetUpFirst>();
        services.AddScoped<Invitations>();
        services.AddScoped<BackupUpload>().AddScoped<BackupDownload>();
        services.AddSingleton<Maintenance>();
        services.AddScoped<HandOver>().AddScoped<Removal>().AddScoped<Leaving>().AddScoped<AccountEdits>();
        services.AddSettings<HealthSettings>();
        services.AddSingleton<Readiness>().AddScoped<SystemReport>();
        return services;
    }
}
