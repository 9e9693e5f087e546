using Crm.Accounts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Admin;

public static class AdminServices
{
    public static IServiceCollection AddCrmAdmin(this IServiceCollection services)
    {
        services.AddSingleton<WorkspaceCache>();
        services.AddSingleton<SetUpFirst>();
        services.AddScoped<Invitations>();
        // Afterwards, because the pages' own set-up makes a new list of conventions.
        // Every page of this folder, also those to come; what strangers may see there says so itself.
        services.PostConfigure<RazorPagesOptions>(options => options.Conventions.AuthorizeFolder("/Admin", AccountServices.AdminPolicy));
        return services;
    }
}
