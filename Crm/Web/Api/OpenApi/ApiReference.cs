using System.Security.Cryptography;
using Crm.Accounts;
using Scalar.AspNetCore;

namespace Crm.Web.Api.OpenApi;

/// <summary>The reference of the API as a page on which every operation can be tried with one's own session.</summary>
public static class ApiReference
{
    public const string Path = "/docs/api";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapScalarApiReference(Path, Configure).AllowAnonymous().ExcludeFromDescription().WithMetadata(new NeedsAttribute(Right.Anything));

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.WithNonce(nonce);
        options.Nonce = nonce;
        // Elements of style get their nonce by the one, from the library itself by the other.
        options.HeadContent = $"""<meta property="csp-nonce" content="{nonce}" /><script src="/js/reference.js" nonce="{nonce}"></script>""";
        options.Title = "Crm API";
        options.Favicon = "/favicon.svg";
        options.OpenApiRoutePattern = ServedDocument.Path;
        options.Servers = [new ScalarServer($"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}", "This workspace")];
        options.AddPreferredSecuritySchemes(DocumentFrame.Session);
        // Nothing leaves this site, and nothing comes from elsewhere.
        options.DisableTelemetry().DisableAgent().DisableMcp().DisableDefaultFonts();
        (options.ProxyUrl, options.HideClientButton, options.ShowDeveloperTools) = (null, true, DeveloperToolsVisibility.Never);
        (options.DefaultOpenAllTags, options.PersistentAuthentication) = (false, false);
    }
}
