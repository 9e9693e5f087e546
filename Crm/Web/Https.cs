namespace Crm.Web;

/// <summary>Leads from HTTP to HTTPS where this program itself serves both.</summary>
public static class Https
{
    public static WebApplication UseHttpsWhereServed(this WebApplication app)
    {
        if (IsServed(app.Configuration))
        {
            app.UseHttpsRedirection();
        }

        return app;
    }

    private static bool IsServed(IConfiguration configuration) =>
        configuration["HTTPS_PORTS"] is { Length: > 0 }
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"])
            .Append(configuration[WebHostDefaults.ServerUrlsKey])
            .Any(url => url?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true);
}
