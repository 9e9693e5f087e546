using Crm.Data;
using Crm.Web.Api;
using Htmx;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;

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

        var once = new Once(context, answers);
        if (once.IsCall && !context.Request.HasFormContentType)
        {
            context.Request.EnableBuffering();
        }

        context.Features.Set(once);
        // Registered before those of the pages, and so called after them: by then all cookies are known.
        context.Response.OnStarting(() => KeepAsync(once, AnswerOf(context.Response)));
        context.Response.OnCompleted(() => KeepAsync(once, null));
        await (once.IsCall ? CarryOutCallAsync(context, next, once) : CarryOutAsync(context, next, once));
    }

    /// <summary>A call's answer is held back until it is kept, so that it can be given again.</summary>
    private async Task CarryOutCallAsync(HttpContext context, RequestDelegate next, Once once)
    {
        var body = context.Response.Body;
        await using var held = new MemoryStream();
        context.Response.Body = held;
        try
        {
            await CarryOutAsync(context, next, once);
            if (once.IsFirst && context.Response.StatusCode < 400 && !IsSecret(context.Response))
            {
                var answer = KeptAnswer.Of(context.Response, held.GetBuffer().AsSpan(0, (int)held.Length));
                await Receipt.KeepAsync(context.RequestServices.GetRequiredService<CrmDb>(), (await once.Mark)!.Hash, answer, CancellationToken.None);
            }
        }
        finally
        {
            context.Response.Body = body;
        }

        held.Position = 0;
        await held.CopyToAsync(body, context.RequestAborted);
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
        catch (AlreadyDoneException done) when (!context.Response.HasStarted)
        {
            var first = await answers.FindAsync((await once.Mark)!.Hash, context.RequestAborted);
            await (once.IsCall ? RepeatAsync(context, (await once.Mark)!.Hash, done) : AnswerAgainAsync(context, first));
        }
    }

    /// <summary>What is shown once is not kept, either.</summary>
    private static bool IsSecret(HttpResponse response) => response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal);

    private static async Task RepeatAsync(HttpContext context, string hash, AlreadyDoneException done)
    {
        if (!done.IsSame)
        {
            await Problems.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, $"This {Once.Header} was used for a call with another content. Take a new key for each call.");
            return;
        }

        var db = context.RequestServices.GetRequiredService<CrmDb>();
        var kept = KeptAnswer.Read(await db.Receipts.Where(r => r.Hash == hash).Select(r => r.Answer).FirstOrDefaultAsync(context.RequestAborted));
        await (kept?.WriteAsync(context) ?? Problems.WriteAsync(context, StatusCodes.Status409Conflict, "A call with this key and this content was carried out before, and its answer is not known any more. Nothing was changed again."));
    }

    private Task AnswerAgainAsync(HttpContext context, FirstAnswer? first)
    {
        var response = context.Response;
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
        if (once.IsFirst && await once.Mark is { } mark)
        {
            answers.Keep(mark.Hash, answer);
        }
    }

    private static FirstAnswer AnswerOf(HttpResponse response) => new(
        response.Headers.Location.FirstOrDefault() ?? response.Headers["HX-Redirect"].FirstOrDefault(),
        response.Headers.SetCookie.Count > 0);
}
