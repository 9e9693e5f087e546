using Microsoft.AspNetCore.Http.Features;

namespace Crm.Web;

public static class WebServices
{
    /// <summary>Far above what any field takes, so that too long a text comes back with a message instead of being cut off.</summary>
    private const int LargestForm = 16 * 1024 * 1024;

    public static IServiceCollection AddCrmWeb(this IServiceCollection services)
    {
        services.AddRazorPages(options => options.RootDirectory = "/");
        services.AddScoped<Clock>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "crm-form";
            options.FormFieldName = "_token";
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<FormOptions>(options => options.ValueLengthLimit = LargestForm);
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestForm;
        });
        services.AddResponseCompression();
        return services;
    }
}
