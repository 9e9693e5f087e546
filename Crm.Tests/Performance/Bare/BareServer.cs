using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Performance.Bare;

/// <summary>A Razor page that reads 50 rows through EF Core, or writes one that outlives a power cut, and does nothing else: what the framework costs by itself.</summary>
internal static class BareServer
{
    public static async Task RunAsync(string database, string url)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddDbContextPool<BareDb>(options => options.UseSqlite($"Data Source={database};Mode=ReadOnly"));
        builder.Services.AddDbContextPool<BareNotes>(options => options.UseSqlite($"Data Source={database}.bare"));
        builder.Services.AddRazorPages(options => options.RootDirectory = "/Bare");
        var app = builder.Build();
        app.MapRazorPages();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            // Made with a write-ahead log and synchronous=FULL, as the program's own is.
            await scope.ServiceProvider.GetRequiredService<BareNotes>().Database.EnsureCreatedAsync();
        }

        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Now listening on: {url}");
        await app.WaitForShutdownAsync();
    }
}
