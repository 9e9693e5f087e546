using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Crm.Web.Api;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace Crm.Web;

public static class WebServices
{
    public static IServiceCollection AddCrmWeb(this IServiceCollection services)
    {
        LatePages.Use(services.AddRazorPages(options =>
        {
            options.RootDirectory = "/";
            options.Conventions.Add(new RouteValues());
        }).AddMvcOptions(options => options.Filters.Add(new MeaninglessValues())));
        services.Configure<HostOptions>(options =>
        {
            options.ServicesStartConcurrently = true;
            options.ShutdownTimeout = CommandLine.LongestStop - TimeSpan.FromSeconds(1);
        });
        services.AddScoped<Clock>();
        // Words of every language go out as they are, not as numbers.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped<PublicAddress>();
        services.AddHostedService<FreedMemory>();
        services.AddSingleton<FirstAnswers>().AddSingleton<OnceOnly>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "crm-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "_token";
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = Flash.Cookie;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSettings<CacheSettings>().AddSingleton<PageCache>();
        services.AddSettings<Limits>();
        services.ConfigureOptions<ServerLimits>().AddSingleton<RateLimits>().AddRateLimiter();
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>>(provider => provider.GetRequiredService<RateLimits>());
        services.AddCrmApi();
        // It says so with a page, to whoever asks.
        services.Configure<HostFilteringOptions>(options => options.IncludeFailureMessage = false);
        services.AddHttpsRedirection(options => options.RedirectStatusCode = StatusCodes.Status308PermanentRedirect);
        // The secret on a page, its anti-forgery token, is another one with each answer: its length tells nothing.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            // The first that somebody takes. Brotli packs a page by a tenth smaller, and takes some megabytes each time, of which the
            // system's library gives few back.
            options.Providers.Add<GzipCompressionProvider>();
            options.Providers.Add<BrotliCompressionProvider>();
        });
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        return services;
    }

    /// <summary>Answers 413 to what is announced as larger than the page takes, before anything reads it as a broken form.</summary>
    public static IApplicationBuilder UseSizeLimits(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var isErrorPage = context.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (!isErrorPage && context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        return next(context);
    });
}
