using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace Crm.Web.Requests;

/// <summary>
/// Measures each request: <c>Server-Timing</c> for who asked, a line in the log, and the list of slow ones. Names requests by their
/// routes and people by their numbers: addresses, names and contents are nowhere in it.
/// </summary>
public sealed partial class RequestWatch(SlowRequests slow, IOptions<RequestSettings> settings, TimeProvider time, ILoggerFactory logs)
{
    /// <summary>Of the log's lines. By default only what is slow, fails or is refused is written there.</summary>
    public const string Category = "Crm.Requests";

    private const int RefusalsApart = 1_000;

    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("request {RequestId}");

    private readonly ILogger _log = logs.CreateLogger(Category);
    private long _lastRefusal = long.MinValue / 2;

    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var times = RequestTimes.Begin(time);
        context.Response.OnStarting(static state => Tell((HttpContext)state), context);
        using (Scope(_log, context.TraceIdentifier))
        {
            try
            {
                await next(context);
            }
            finally
            {
                End(context, times);
            }
        }
    }

    /// <summary>Comes after routing. A page that says what went wrong is part of the request that did.</summary>
    public static Task NoteRouteAsync(HttpContext context, RequestDelegate next)
    {
        if (RequestTimes.Current is { Route: null } times)
        {
            times.Route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? "/" + pattern.TrimStart('/') : null;
        }

        return next(context);
    }

    /// <summary>
    /// Only to people who are signed in, and only of what they look at: how long signing in or asking for a new password takes
    /// would tell whether an address has an account.
    /// </summary>
    private static Task Tell(HttpContext context)
    {
        var isLook = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (isLook && context.User.Identity?.IsAuthenticated == true && RequestTimes.Current is { } times)
        {
            context.Response.Headers["Server-Timing"] = string.Create(
                CultureInfo.InvariantCulture, $"app;dur={times.Elapsed.TotalMilliseconds:0.0}, db;dur={times.InDatabase.TotalMilliseconds:0.0};desc=\"{times.Queries} queries\"");
        }

        return Task.CompletedTask;
    }

    private void End(HttpContext context, RequestTimes times)
    {
        var (status, took) = (context.Response.StatusCode, times.Elapsed.TotalMilliseconds);
        Activity.Current?.SetTag("url.path", times.Route).SetTag("crm.db.queries", times.Queries).SetTag("crm.db.milliseconds", times.InDatabase.TotalMilliseconds);
        var isSlow = took >= settings.Value.SlowMilliseconds;
        var level = isSlow || status >= StatusCodes.Status500InternalServerError || IsRefusal(status) ? LogLevel.Warning : LogLevel.Information;
        if (!isSlow && !_log.IsEnabled(level))
        {
            return;
        }

        var (method, route) = (MethodOf(context.Request), times.Route ?? "(none)");
        var (queries, inDatabase) = (times.Queries, Math.Round(times.InDatabase.TotalMilliseconds, 1));
        Answered(_log, level, method, route, status, Math.Round(took, 1), queries, inDatabase, context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "nobody");
        if (isSlow)
        {
            slow.Add(new SlowRequest(time.GetUtcNow().UtcDateTime, method, route, status, Math.Round(took, 1), queries, inDatabase, context.TraceIdentifier));
        }
    }

    /// <summary>Somebody who asks too often must not fill the log too: of those one a second is enough.</summary>
    private bool IsRefusal(int status)
    {
        if (status != StatusCodes.Status429TooManyRequests)
        {
            return status == StatusCodes.Status403Forbidden;
        }

        var (now, last) = (Environment.TickCount64, Volatile.Read(ref _lastRefusal));
        return now - last >= RefusalsApart && Interlocked.CompareExchange(ref _lastRefusal, now, last) == last;
    }

    /// <summary>A client can write anything in its place.</summary>
    private static string MethodOf(HttpRequest request) => request.Method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" => request.Method,
        _ => "other",
    };

    [LoggerMessage(EventId = 1, EventName = "Answered", Message = "{Method} {Route} {Status} in {Milliseconds} ms, {Queries} queries in {DatabaseMilliseconds} ms, person {Person}")]
    private static partial void Answered(
        ILogger log, LogLevel level, string method, string route, int status, double milliseconds, int queries, double databaseMilliseconds, string person);
}
