using System.Buffers;
using System.Text;
using Crm.Accounts;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Crm.Web.Caching;

/// <summary>An answer that can be given again, with new keys for its forms.</summary>
public sealed class CachedPage
{
    private const string Gzip = "gzip";

    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly IReadOnlyList<byte[]> _pieces;
    private readonly PackedText? _packed;

    private CachedPage(KeyValuePair<string, StringValues>[] headers, IReadOnlyList<byte[]> pieces, PackedText? packed) =>
        (_headers, _pieces, _packed) = (headers, pieces, packed);

    /// <summary>Of memory, about.</summary>
    public int Bytes => _pieces.Sum(p => p.Length);

    /// <param name="packs">For whom packs things as gzip.</param>
    /// <returns>Null for what is to be made anew each time: anything but a whole page, and what gives somebody a cookie.</returns>
    public static CachedPage? Of(HttpResponse response, byte[] body, OnceKeys keys, bool packs)
    {
        if (response is not { StatusCode: StatusCodes.Status200OK, HasStarted: false, Headers.SetCookie.Count: 0 } || keys.FindIn(body) is not { } found)
        {
            return null;
        }

        var packed = packs ? PackedText.Of(body, found) : null;
        return new CachedPage([.. response.Headers], packed?.Pieces ?? Between(body, found), packed);
    }

    /// <summary>Whether the one who asks unpacks gzip, and so gets what is packed once.</summary>
    public static bool Packs(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == Gzip && e.Quality is not 0);

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        foreach (var (name, value) in _headers)
        {
            response.Headers[name] = value;
        }

        var keys = _pieces.Skip(1).Select(_ => Encoding.ASCII.GetBytes(Secret.Make())).ToList();
        response.ContentLength = Bytes + keys.Sum(k => k.Length) + (_packed is null ? 0 : PackedText.EndLength);
        if (_packed is not null)
        {
            response.Headers.ContentEncoding = Gzip;
            response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        }

        Write(response.BodyWriter, keys);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private void Write(IBufferWriter<byte> writer, IReadOnlyList<byte[]> keys)
    {
        writer.Write(_pieces[0]);
        var sum = _packed?.Sums[0];
        for (var i = 0; i < keys.Count; i++)
        {
            writer.Write(keys[i]);
            writer.Write(_pieces[i + 1]);
            sum += _packed is null ? null : GzipSum.Of(keys[i]) + _packed.Sums[i + 1];
        }

        if (sum is { } all)
        {
            writer.Write(_packed!.End(all));
        }
    }

    private static List<byte[]> Between(byte[] body, IReadOnlyList<Range> keys)
    {
        List<int> starts = [0, .. keys.Select(k => k.End.Value)];
        List<int> ends = [.. keys.Select(k => k.Start.Value), body.Length];
        return [.. starts.Zip(ends, (start, end) => body[start..end])];
    }
}
