using System.Collections.Concurrent;
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
public sealed class AskAgainFilter : IAsyncPageFilter
{
    private readonly ConcurrentDictionary<(MemberInfo Page, MethodInfo? Handler), bool> _asks = new();

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var asks = _asks.GetOrAdd((context.ActionDescriptor.HandlerTypeInfo, context.HandlerMethod?.MethodInfo), IsMarked);
        if (!asks || context.HttpContext.RequestServices.GetRequiredService<Confirmation>() is not { IsFresh: false } confirmation)
        {
            return next();
        }

        context.Result = confirmation.Ask(context.HttpContext);
        return Task.CompletedTask;
    }

    private static bool IsMarked((MemberInfo Page, MethodInfo? Handler) asked) =>
        asked.Page.IsDefined(typeof(AskAgainAttribute)) || asked.Handler?.IsDefined(typeof(AskAgainAttribute)) == true;
}
