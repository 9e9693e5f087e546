using System.Globalization;
using System.Text;
using Crm.Data;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Crm.Web.Caching;

/// <summary>
/// Gives a page again to the same session, as long as nothing at all was written to the database and the minute is the same. Comes
/// after everything that judges who may ask, and so lets in nobody whom the page itself would not.
/// </summary>
public sealed class PageCache(DataVersion versions, IOptions<CacheSettings> settings)
{
    private const long Megabyte = 1 << 20;
    private const string Htmx = "HX-";

    private readonly UntilWritten<Entry> _pages = new(versions, settings.Value.Megabytes * Megabyte);

    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (settings.Value.Megabytes == 0 || MarkOf(context) is not { } mark || _pages.Moment is not { } moment)
        {
            return next(context);
        }

        var name = NameOf(context, mark);
        switch (_pages.Find(moment, name))
        {
            case { Page: { } page }:
                return page.WriteAsync(context);
            case null:
                // Most pages are looked at once before something changes: what is asked for a second time is kept.
                _pages.Keep(moment, name, Entry.AskedOnce, sizeof(char) * name.Length);
                return next(context);
            default:
                return DrawAsync(context, next, moment, name);
        }
    }

    private async Task DrawAsync(HttpContext context, RequestDelegate next, DataMoment moment, string name)
    {
        var keys = new OnceKeys();
        context.Features.Set(keys);
        var body = context.Response.Body;
        await using var drawn = new MemoryStream();
        context.Response.Body = drawn;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        var bytes = drawn.ToArray();
        if (CachedPage.Of(context.Response, bytes, keys, CachedPage.Packs(context.Request)) is { } page)
        {
            _pages.Keep(moment, name, new Entry(page), page.Bytes);
            await page.WriteAsync(context);
        }
        else if (bytes.Length > 0)
        {
            // A bare status must not be sent yet: it becomes a page.
            await body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    /// <summary>A message that is shown once makes a page another one, and who reloads with force wants it made anew.</summary>
    /// <returns>Null when the page is to be drawn.</returns>
    private static CacheableAttribute? MarkOf(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !context.Request.Headers.CacheControl.ToString().Contains("no-cache", StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers.IfNoneMatch.Count == 0
        && !context.Request.Cookies.ContainsKey(Flash.Cookie)
            ? context.GetEndpoint()?.Metadata.GetMetadata<CacheableAttribute>()
            : null;

    /// <summary>All that a page may depend on besides the database and the minute. The cookies say whose it is, and carry its anti-forgery token.</summary>
    private static string NameOf(HttpContext context, CacheableAttribute mark)
    {
        var request = context.Request;
        var name = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{request.GetEncodedUrl()}\n{request.Headers.Cookie}\n{CachedPage.Packs(request)}\n");
        foreach (var (header, value) in request.Headers)
        {
            if (header.StartsWith(Htmx, StringComparison.OrdinalIgnoreCase))
            {
                name.Append(CultureInfo.InvariantCulture, $"{header}: {value}\n");
            }
        }

        if (mark.Besides is { } besides)
        {
            name.Append(((IShown)context.RequestServices.GetRequiredService(besides)).Present);
        }

        return name.ToString();
    }

    private sealed record Entry(CachedPage? Page)
    {
        public static readonly Entry AskedOnce = new((CachedPage?)null);
    }
}
