using Crm.Web.Api;

namespace Crm.Web;

/// <summary>Keeps everybody out for a few seconds, while the whole database is changed beneath them.</summary>
public sealed class Maintenance : IMiddleware
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private int _inside;
    private int _isClosed;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _inside);
        try
        {
            await (Volatile.Read(ref _isClosed) == 0 ? next(context) : RefuseAsync(context));
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <summary>Lets nobody in any more, and waits until those who are inside are done; for those who are very slow not for ever.</summary>
    /// <returns>Null when somebody else has closed it. Opens again when disposed.</returns>
    public async Task<IDisposable?> CloseAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1)
        {
            return null;
        }

        // The request that asks for it is inside too.
        for (var waited = TimeSpan.Zero; Volatile.Read(ref _inside) > 1 && waited < Patience; waited += Step)
        {
            await Task.Delay(Step);
        }

        return new Closed(this);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "5";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["HX-Reswap"] = "none";
        const string words = "A backup is just being restored. Nothing was saved. Wait a few seconds, then ";
        return context.Request.IsApi()
            ? Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, words + "send it again.")
            : context.Response.WriteAsync(words + "reload the page.");
    }

    private sealed class Closed(Maintenance maintenance) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref maintenance._isClosed, 0);
    }
}
