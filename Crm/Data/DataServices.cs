using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Data;

public static class DataServices
{
    public static IServiceCollection AddCrmData(this IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton(folder);
        services.AddSingleton(TimeProvider.System);
        services.AddScoped<Actor>();
        services.AddDbContext<CrmDb>(
            options => Configure(options, folder.Database),
            ServiceLifetime.Scoped,
            ServiceLifetime.Singleton);
        return services;
    }

    /// <summary>Opens the data folder and brings the database to this program's shape.</summary>
    public static Task MigrateAsync(this IHost host, CancellationToken cancel = default) => host.Services.MigrateAsync(cancel);

    /// <summary>The same for commands, which have services and no host.</summary>
    public static async Task MigrateAsync(this IServiceProvider provider, CancellationToken cancel = default)
    {
        await using var scope = provider.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await Migrator.MigrateAsync(services.GetRequiredService<CrmDb>(), services.GetRequiredService<DataFolder>(), now, cancel);
    }

    private static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string file) =>
        options.UseSqlite(SqliteSettings.ConnectionString(file))
            .AddInterceptors(new SqliteSettings())
            // Deleted projects and tasks hide from queries that start at them; rows that hang on them are only reached through them.
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));
}
