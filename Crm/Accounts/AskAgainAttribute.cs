using System.Reflection;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Crm.Accounts;

/// <summary>
/// A page, or a handler of one, that asks its person once more who they are, unless they proved it within the last
/// ten minutes. A page is asked for before it is shown, so that nothing is typed in vain.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AskAgainAttribute : Attribute;

/// <summary>Leads to <c>/confirm</c> where <see cref="AskAgainAttribute"/> stands. Nothing of the handler has run then.</summary>
public sealed class AskAgainFilter(Confirmation confirmation) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var asks = context.ActionDescriptor.HandlerTypeInfo.IsDefined(typeof(AskAgainAttribute))
            || context.HandlerMethod?.MethodInfo.IsDefined(typeof(AskAgainAttribute)) == true;
        if (!asks || confirmation.IsFresh)
        {
            return next();
        }

        context.Result = confirmation.Ask(context.HttpContext);
        return Task.CompletedTask;
    }
}
