using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Data;

public static class DataServices
{
    /// <summary>So many contexts are kept for the next, each with a connection and its pages in memory. More than that at once are made for the time.</summary>
    private const int MostContexts = 16;

    public static IServiceCollection AddCrmData(this IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton(folder);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SqliteSettings>();
        services.AddSingleton<KeptConnections>();
        services.AddSingleton<WriteAheadLog>();
        services.AddSingleton<WriteQueue>();
        services.AddSingleton(provider =>
        {
            // Made before it, they end after it: the last connection that closes writes all into the one file, and this one only reads.
            provider.GetRequiredService<KeptConnections>();
            return ActivatorUtilities.CreateInstance<DataVersion>(provider);
        });
        services.AddSingleton<Jobs>();
        services.AddSingleton<Subscriptions>();
        services.AddScoped<Actor>();
        services.AddDailyWork("statistics by which queries are planned", (db, _, cancel) => db.PlanAnewAsync(cancel));
        services.AddDbContextPool<CrmDb>(Configure, MostContexts);
        var fromPool = services.Last(service => service.ServiceType == typeof(CrmDb)).ImplementationFactory!;
        services.AddScoped(scope => ((CrmDb)fromPool(scope)).UsedBy(scope));
        services.AddHealthChecks().AddCheck<WriteCheck>("database").AddCheck<MigrationCheck>("migrations").AddCheck<SpaceCheck>("disk");
        return services;
    }

    /// <summary>Opens the data folder and brings the database to this program's shape.</summary>
    public static Task MigrateAsync(this IHost host, FolderLock held, CancellationToken cancel = default) => host.Services.MigrateAsync(held, cancel);

    /// <summary>The same for commands, which have services and no host.</summary>
    public static Task MigrateAsync(this IServiceProvider provider, CancellationToken cancel = default) => provider.MigrateAsync(held: null, cancel);

    private static async Task MigrateAsync(this IServiceProvider provider, FolderLock? held, CancellationToken cancel)
    {
        await using var scope = provider.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await Migrator.MigrateAsync(services.GetRequiredService<CrmDb>(), services.GetRequiredService<DataFolder>(), now, held, cancel);
    }

    private static void Configure(DbContextOptionsBuilder options) =>
        options.UseSqlite()
            .AddInterceptors(new KeptConnection.Statements(), new AfterCommit(), new QueryTimes())
            // Deleted projects and tasks hide from queries that start at them; rows that hang on them are only reached through them.
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning)
                // What fails half-way is put back from the snapshot; see Migrator.
                .Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning));
}
