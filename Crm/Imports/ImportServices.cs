using Crm.Imports.Trello;

namespace Crm.Imports;

public static class ImportServices
{
    /// <summary>What the command needs.</summary>
    public static IServiceCollection AddCrmImports(this IServiceCollection services)
    {
        services.AddScoped<PeopleImport>();
        services.AddScoped<BoardImport>();
        return services;
    }

    /// <summary>What the pages need beside it.</summary>
    public static IServiceCollection AddCrmImportsInBackground(this IServiceCollection services)
    {
        services.AddCrmImports();
        services.AddScoped<ImportUpload>();
        services.AddScoped<ImportChoices>();
        services.AddScoped<ImportRun>();
        services.AddSingleton<ImportFiles>();
        services.AddSingleton<ImportQueue>();
        services.AddHostedService<ImportWorker>();
        return services;
    }
}
