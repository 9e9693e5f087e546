using Crm.Data;
using Htmx;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Crm.Web;

/// <summary>Lets each request know whether it was carried out before, and answers those that were.</summary>
public sealed class OnceOnly(FirstAnswers answers, ITempDataDictionaryFactory messages) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var isErrorPage = context.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (isErrorPage || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        if (context.Request.Headers.ContainsKey(Once.Header) && !context.Request.HasFormContentType)
        {
            context.Request.EnableBuffering();
        }

        var once = new Once(context, answers);
        context.Features.Set(once);
        // Registered before those of the pages, and so called after them: by then all cookies are known.
        context.Response.OnStarting(() => KeepAsync(once, AnswerOf(context.Response)));
        context.Response.OnCompleted(() => KeepAsync(once, null));
        await CarryOutAsync(context, next, once);
    }

    private async Task CarryOutAsync(HttpContext context, RequestDelegate next, Once once)
    {
        try
        {
            await next(context);
            if (context.Response.StatusCode is >= 400 and < 500)
            {
                await once.TakeBackAsync(context.RequestServices.GetRequiredService<CrmDb>());
            }
        }
        catch (AlreadyDoneException) when (!context.Response.HasStarted)
        {
            var first = await answers.FindAsync((await once.Hash)!, context.RequestAborted);
            await AnswerAgainAsync(context, first);
        }
    }

    private Task AnswerAgainAsync(HttpContext context, FirstAnswer? first)
    {
        var response = context.Response;
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.Problem("A request with this key and this content was carried out before. Nothing was changed again.", statusCode: 409, title: "Done already")
                .ExecuteAsync(context);
        }

        if (first is not { SetsCookies: true })
        {
            var message = messages.GetTempData(context);
            message[Flash.Words] = "This was saved already.";
            message.Save();
        }

        if (!context.Request.IsHtmx())
        {
            response.Redirect(first?.Location ?? LocalAddress.OfReferer(context.Request) ?? "/");
        }
        else if (first?.Location is { } location)
        {
            response.Headers["HX-Redirect"] = location;
        }
        else
        {
            response.Headers["HX-Refresh"] = "true";
        }

        return Task.CompletedTask;
    }

    private async Task KeepAsync(Once once, FirstAnswer? answer)
    {
        if (once.IsFirst && await once.Hash is { } hash)
        {
            answers.Keep(hash, answer);
        }
    }

    private static FirstAnswer AnswerOf(HttpResponse response) => new(
        response.Headers.Location.FirstOrDefault() ?? response.Headers["HX-Redirect"].FirstOrDefault(),
        response.Headers.SetCookie.Count > 0);
}
