using Crm.Imports.Trello;

namespace Crm.Imports;

public static class ImportServices
{
    public static IServiceCollection AddCrmImports(this IServiceCollection services)
    {
        services.AddScoped<PeopleImport>();
        services.AddScoped<BoardImport>();
        return services;
    }
}
