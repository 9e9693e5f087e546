using Crm.Web.Api;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Admin;

/// <summary>Leads everybody to the set-up page until the workspace exists; programs are told.</summary>
public sealed class SetUpFirst(WorkspaceCache workspace) : IMiddleware
{
    public const string Path = "/set-up";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var exists = await workspace.ExistsAsync(context.RequestServices, context.RequestAborted);
        if (!exists && context.Request.IsApi())
        {
            context.Response.Headers.RetryAfter = "60";
            await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "Nobody has set this workspace up yet. Open it in a browser to begin.");
            return;
        }

        if (!exists && IsPage(context) && !context.Request.Path.StartsWithSegments(Path))
        {
            context.Response.Redirect(Path);
            return;
        }

        await next(context);
    }

    private static bool IsPage(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null && !context.Request.Path.StartsWithSegments("/error");
}
