using Crm.Web.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web;

/// <summary>Which status an exception deserves, and the pages that show it.</summary>
public static class ErrorHandling
{
    /// <summary>
    /// An exception becomes a bare status, and a bare status becomes a page. When even that page cannot be made, because
    /// the database does not answer at all, a plain sentence goes out.
    /// </summary>
    public static WebApplication UseCrmErrors(this WebApplication app)
    {
        app.Use(AnswerPlainlyAsync);
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(ApiErrors.WriteAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
            ExceptionHandler = _ => Task.CompletedTask,
            AllowStatusCode404Response = true,
            SuppressDiagnosticsCallback = context => StatusOf(context.Exception) < 500,
        });
        return app;
    }

    /// <summary>What a client is told of an exception.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException => StatusCodes.Status400BadRequest,
        DbUpdateConcurrencyException => StatusCodes.Status409Conflict,
        _ when Unavailable.IsBehind(exception) => StatusCodes.Status503ServiceUnavailable,
        { InnerException: { } inner } => StatusOf(inner),
        _ => StatusCodes.Status500InternalServerError,
    };

    private static async Task AnswerPlainlyAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var status = StatusOf(exception);
            var message = Unavailable.Message(status, exception) ?? ErrorMessage.For(status);
            context.Response.Clear();
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = status == StatusCodes.Status503ServiceUnavailable ? "5" : default;
            context.Response.Headers["HX-Reswap"] = "none";
            await context.Response.WriteAsync($"{message.Title}. {message.Advice} Request {context.TraceIdentifier}.", context.RequestAborted);
        }
    }
}
