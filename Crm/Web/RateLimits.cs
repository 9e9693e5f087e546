using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
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
                TokensPerPeriod = Math.Max(1, most / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / most)),
            });
    }

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
            (true, _) => RequestKind.Read,
            (_, null) => RequestKind.Form,
            _ => context.GetEndpoint()?.Metadata.GetMetadata<CountsAsAttribute>()?.Kind ?? RequestKind.Write,
        };
    }

    /// <summary>Files of the program cost next to nothing, and a page that says what went wrong is part of the request that did.</summary>
    private static bool IsFree(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static string? PersonOf(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier);
}
