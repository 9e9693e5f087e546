using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web;

/// <summary>Which status an exception deserves, and the pages that show it.</summary>
public static class ErrorHandling
{
    // https://sqlite.org/rescode.html: busy, locked, read-only, I/O error, full, cannot open
    private static readonly HashSet<int> Unavailable = [5, 6, 8, 10, 13, 14];

    public static WebApplication UseCrmErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
            ExceptionHandler = context => Task.CompletedTask,
            SuppressDiagnosticsCallback = context => StatusOf(context.Exception) < 500,
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        return app;
    }

    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException => StatusCodes.Status400BadRequest,
        DbUpdateConcurrencyException => StatusCodes.Status409Conflict,
        SqliteException sqlite when Unavailable.Contains(sqlite.SqliteErrorCode) => StatusCodes.Status503ServiceUnavailable,
        { InnerException: { } inner } => StatusOf(inner),
        _ => StatusCodes.Status500InternalServerError,
    };
}
