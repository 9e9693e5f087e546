using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Crm.Web.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace Crm.Web;

/// <summary>Counts requests by kind and by who sends them, and answers 429 with <c>Retry-After</c> to what is too much.</summary>
public sealed class RateLimits : IConfigureOptions<RateLimiterOptions>, IDisposable
{
    /// <summary>So many of one person's requests wait for their turn before one is refused.</summary>
    private const int Waiting = 1_000;

    private readonly IOptions<Limits> _limits;
    private readonly PartitionedRateLimiter<HttpContext> _rate;
    private readonly PartitionedRateLimiter<HttpContext> _atOnce;

    public RateLimits(IOptions<Limits> limits)
    {
        _limits = limits;
        _rate = PartitionedRateLimiter.Create<HttpContext, (RequestKind, string)>(Rate);
        _atOnce = PartitionedRateLimiter.Create<HttpContext, string>(AtOnce);
    }

    public void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(_rate, _atOnce);
        options.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.FromSeconds(1);
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
    }

    /// <summary>Each has a timer that would outlive the program it belongs to.</summary>
    public void Dispose()
    {
        _rate.Dispose();
        _atOnce.Dispose();
    }

    private RateLimitPartition<(RequestKind, string)> Rate(HttpContext context)
    {
        var kind = KindOf(context);
        return IsFree(context) || _limits.Value.For(kind) is not (> 0 and var most)
            ? RateLimitPartition.GetNoLimiter((kind, ""))
            : RateLimitPartition.GetTokenBucketLimiter((kind, PersonOf(context) ?? RemoteAddress.Of(context)), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = most,
                TokensPerPeriod = PerPeriod(most),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Period(most)),
            });
    }

    /// <summary>
    /// Tells a caller of the API how many calls they have left: <c>RateLimit-Limit</c>, <c>RateLimit-Remaining</c>, and in
    /// <c>RateLimit-Reset</c> the seconds until all are there again.
    /// </summary>
    public Task TellAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.IsApi() && _limits.Value.For(KindOf(context)) is > 0 and var most)
        {
            context.Response.OnStarting(() =>
            {
                var left = _rate.GetStatistics(context)?.CurrentAvailablePermits ?? most;
                var headers = context.Response.Headers;
                headers["RateLimit-Limit"] = most.ToString(CultureInfo.InvariantCulture);
                headers["RateLimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
                headers["RateLimit-Reset"] = Math.Ceiling((most - left) / (double)PerPeriod(most) * Period(most)).ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    private static int PerPeriod(int most) => Math.Max(1, most / 60);

    private static double Period(int most) => Math.Max(1, 60.0 / most);

    private RateLimitPartition<string> AtOnce(HttpContext context) =>
        IsFree(context) || _limits.Value.AtOnce <= 0 || PersonOf(context) is not { } person
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetConcurrencyLimiter(person, _ => new ConcurrencyLimiterOptions { PermitLimit = _limits.Value.AtOnce, QueueLimit = Waiting });

    private static RequestKind KindOf(HttpContext context)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return (isRead, PersonOf(context)) switch
        {
            (true, null) => RequestKind.Visit,
            (_, null) => RequestKind.Form,
            (true, _) when IsPage(context) => RequestKind.Read,
            _ => context.GetEndpoint()?.Metadata.GetMetadata<CountsAsAttribute>()?.Kind ?? (isRead ? RequestKind.Read : RequestKind.Write),
        };
    }

    private static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null;

    /// <summary>Files of the program cost next to nothing, and a page that says what went wrong is part of the request that did.</summary>
    private static bool IsFree(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static string? PersonOf(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier);
}
