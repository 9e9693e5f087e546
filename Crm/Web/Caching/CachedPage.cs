using System.Buffers;
using System.Text;
using Crm.Accounts;
using Microsoft.Extensions.Primitives;

namespace Crm.Web.Caching;

/// <summary>An answer that can be given again, with new keys for its forms.</summary>
public sealed class CachedPage
{
    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly byte[] _body;
    private readonly IReadOnlyList<Range> _keys;

    private CachedPage(KeyValuePair<string, StringValues>[] headers, byte[] body, IReadOnlyList<Range> keys) => (_headers, _body, _keys) = (headers, body, keys);

    public int Bytes => _body.Length;

    /// <returns>Null for what is to be made anew each time: anything but a whole page, and what gives somebody a cookie.</returns>
    public static CachedPage? Of(HttpResponse response, byte[] body, OnceKeys keys) =>
        response is { StatusCode: StatusCodes.Status200OK, HasStarted: false, Headers.SetCookie.Count: 0 } && keys.FindIn(body) is { } found
            ? new CachedPage([.. response.Headers], body, found)
            : null;

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        foreach (var (name, value) in _headers)
        {
            response.Headers[name] = value;
        }

        var (writer, at) = (response.BodyWriter, 0);
        foreach (var key in _keys)
        {
            writer.Write(_body.AsSpan(at..key.Start.Value));
            Encoding.ASCII.GetBytes(Secret.Make(), writer);
            at = key.End.Value;
        }

        writer.Write(_body.AsSpan(at..));
        await writer.FlushAsync(context.RequestAborted);
    }
}
