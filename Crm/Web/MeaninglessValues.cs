using Microsoft.AspNetCore.Mvc.Filters;

namespace Crm.Web;

/// <summary>
/// What an address says that means nothing, such as <c>?page=first</c>, counts as not said: the list shows what it shows
/// without it, and its filter what holds. Addresses are typed, cut off and kept for years; forms are judged strictly.
/// </summary>
public sealed class MeaninglessValues : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!HttpMethods.IsGet(context.HttpContext.Request.Method) && !HttpMethods.IsHead(context.HttpContext.Request.Method))
        {
            return;
        }

        foreach (var key in context.HttpContext.Request.Query.Keys)
        {
            context.ModelState.Remove(key);
        }
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
