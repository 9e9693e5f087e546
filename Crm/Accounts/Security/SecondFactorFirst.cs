using Crm.Admin;
using Crm.Web;
using Crm.Web.Api;
using Htmx;

namespace Crm.Accounts.Security;

/// <summary>
/// Where the workspace requires a second factor, leads whoever has given none to the page on which they set one up. Until then
/// only that, signing out and what strangers see works: also in sessions that began before it was required.
/// </summary>
public sealed class SecondFactorFirst(WorkspaceCache workspace) : IMiddleware
{
    public const string Path = "/profile/security";

    private static readonly PathString[] ApiOpen = [ApiRoutes.Prefix + "/auth/login", ApiRoutes.Prefix + "/auth/refresh", ApiRoutes.Prefix + "/auth/logout"];

    private static readonly PathString[] Open = [Path, Confirmation.Path, "/sign-out", "/sign-in", "/error", "/docs", "/profile/password", .. ApiOpen];

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var isHeld = workspace.Current.RequiresSecondFactor && CurrentUser.From(context.User) is { IsSignedIn: true, HasSecondFactor: false };
        if (!isHeld || IsOpen(context))
        {
            return next(context);
        }

        if (context.Request.IsApi())
        {
            context.Items[ErrorMessage.Key] = "This workspace asks everybody for a second factor, and this session or token was made without one. Set one up in your profile.";
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (context.Request.IsHtmx())
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.Headers["HX-Redirect"] = Path;
        }
        else if (AsksForPage(context.Request))
        {
            context.Response.Redirect(Path);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return Task.CompletedTask;
    }

    private static bool AsksForPage(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.HasFormContentType;

    private static bool IsOpen(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null
        || Array.Exists(Open, path => context.Request.Path.StartsWithSegments(path));
}
