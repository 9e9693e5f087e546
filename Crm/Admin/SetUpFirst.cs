using Crm.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Admin;

/// <summary>Leads everybody to the set-up page until the workspace exists.</summary>
public sealed class SetUpFirst(WorkspaceCache workspace) : IMiddleware
{
    public const string Path = "/set-up";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var exists = await workspace.ExistsAsync(context.RequestServices.GetRequiredService<CrmDb>(), context.RequestAborted);
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
