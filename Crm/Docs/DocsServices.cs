using Crm.Accounts;

namespace Crm.Docs;

public static class DocsServices
{
    public static IServiceCollection AddCrmDocs(this IServiceCollection services) => services.AddSingleton<DocsLibrary>();

    /// <summary>The pictures, at the addresses that the files' own links mean.</summary>
    public static void MapCrmDocs(this IEndpointRouteBuilder app) =>
        app.MapGet("/docs/pictures/{picture}", [Needs(Right.Anything)] (string picture, DocsLibrary docs, HttpResponse response) =>
        {
            if (docs.Picture(picture) is not { } file)
            {
                return Results.NotFound();
            }

            response.Headers.CacheControl = "public, max-age=3600";
            return Results.File(file, "image/png", lastModified: File.GetLastWriteTimeUtc(file));
        }).AllowAnonymous();
}
