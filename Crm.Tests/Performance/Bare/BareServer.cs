using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Performance.Bare;

/// <summary>A Razor page that reads 50 rows through EF Core and does nothing else: what the framework costs by itself.</summary>
internal static class BareServer
{
    public static Task RunAsync(string database, string url)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddDbContextPool<BareDb>(options => options.UseSqlite($"Data Source={database};Mode=ReadOnly"));
        builder.Services.AddRazorPages(options => options.RootDirectory = "/Bare");
        var app = builder.Build();
        app.MapRazorPages();
        return app.RunAsync();
    }
}
