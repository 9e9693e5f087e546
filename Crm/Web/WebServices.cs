using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.WebEncoders;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Web;

public static class WebServices
{
    /// <summary>Far above what any field takes, so that too long a text comes back with a message instead of being cut off.</summary>
    private const int LargestForm = 16 * 1024 * 1024;

    public static IServiceCollection AddCrmWeb(this IServiceCollection services)
    {
        // A line per request would put the secrets of invitation and reset links into the log.
        services.AddLogging(log => log
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning));
        services.AddRazorPages(options => options.RootDirectory = "/");
        services.AddScoped<Clock>();
        // Words of every language go out as they are, not as numbers.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "crm-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "_token";
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = "crm-flash";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
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
