using Crm.Web.Api;

namespace Crm.Web;

/// <summary>Leads from HTTP to HTTPS where this program itself serves both.</summary>
public static class Https
{
    public static WebApplication UseHttpsWhereServed(this WebApplication app)
    {
        if (IsServed(app.Configuration))
        {
            app.UseWhen(context => !context.Request.IsApi(), pages => pages.UseHttpsRedirection());
            app.UseWhen(context => context.Request.IsApi() && !context.Request.IsHttps, calls => calls.Run(RefuseAsync));
        }

        return app;
    }

    /// <summary>Who follows a redirect has sent the token in the clear already, and would never notice.</summary>
    private static Task RefuseAsync(HttpContext context) =>
        Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Use HTTPS. The token that came with this call went over the network unprotected: revoke it.");

    private static bool IsServed(IConfiguration configuration) =>
        configuration["HTTPS_PORTS"] is { Length: > 0 }
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"])
            .Append(configuration[WebHostDefaults.ServerUrlsKey])
            .Any(url => url?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true);
}
