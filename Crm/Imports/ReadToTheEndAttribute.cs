using Microsoft.AspNetCore.Mvc.Filters;

namespace Crm.Imports;

/// <summary>
/// Takes in a body that is too large without keeping it. A browser that is still sending when the connection is closed shows
/// its own error instead of ours.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadToTheEndAttribute(long largestKept) : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (context.HttpContext.Request.ContentLength > largestKept)
        {
            await context.HttpContext.Request.Body.CopyToAsync(Stream.Null, context.HttpContext.RequestAborted);
        }

        await next();
    }
}
