using Crm.Web;
using Microsoft.Extensions.Options;

namespace Crm.Data.Backups;

public static class BackupServices
{
    public static IServiceCollection AddCrmBackups(this IServiceCollection services)
    {
        // Services stop in reverse order: what the others write while they stop is still replicated.
        services.AddSettings<ReplicationSettings>();
        services.AddSingleton<Replication>().AddHostedService(provider => provider.GetRequiredService<Replication>());
        services.AddSettings<BackupSettings>();
        services.AddSingleton(provider => new Snapshots(provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<IOptions<BackupSettings>>().Value.Folder));
        services.AddSingleton<Restoration>();
        services.AddSingleton<BackupState>();
        services.AddSingleton<BackupSchedule>();
        services.AddHostedService(provider => provider.GetRequiredService<BackupSchedule>());
        services.AddHealthChecks().AddCheck<BackupCheck>("backups").AddCheck<ReplicationCheck>("replication");
        return services;
    }
}
