using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Crm.Accounts;

/// <summary>
/// Part of the policy that every endpoint is under, unless it is open to strangers: it must say what it needs, and the person's
/// role must be enough for that. What depends on a record is judged where the record is read.
/// </summary>
public sealed class RightsPolicy : AuthorizationHandler<RightsPolicy>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RightsPolicy requirement)
    {
        // What is no route says only that no route takes this method or this kind of content.
        var endpoint = (context.Resource as HttpContext)?.GetEndpoint() as RouteEndpoint;
        var needs = endpoint?.Metadata.GetMetadata<NeedsAttribute>();
        if (endpoint is null || (needs is not null && Permissions.IsForRole(needs.Right, CurrentUser.From(context.User).Role)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>The same for a single handler of a page that needs more than the others.</summary>
public sealed class RightsFilter : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is not { } handler)
        {
            return;
        }

        var right = NeedsAttribute.Of(context.ActionDescriptor.HandlerTypeInfo, handler.MethodInfo);
        if (right is null || !Permissions.IsForRole(right.Value, CurrentUser.From(context.HttpContext.User).Role))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
        }
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
