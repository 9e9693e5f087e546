using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Crm.Webhooks;

/// <summary>
/// Sends messages off. Follows no redirect, knows no cookies and no proxy, waits 15 seconds, reads the beginning of the answer, and
/// connects to addresses that were found fit and to no others.
/// </summary>
public sealed class WebhookClient : IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);
    private const int LongestHeadersInKilobytes = 16;

    private readonly Targets _targets;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookClient(Targets targets, TimeProvider time)
    {
        (_targets, _time) = (targets, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = LongestHeadersInKilobytes,
            MaxResponseDrainSize = WebhookAttempt.AnswerLength,
            PooledConnectionLifetime = ConnectionLifetime,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(UserAgent);
    }

    /// <summary>Such as <c>Crm/1.2.0</c>.</summary>
    public static ProductInfoHeaderValue UserAgent { get; } = new("Crm", typeof(WebhookClient).Assembly.GetName().Version!.ToString(3));

    /// <exception cref="OperationCanceledException">The program stops. All else becomes an answer.</exception>
    public async Task<WebhookAnswer> SendAsync(string url, IReadOnlyDictionary<string, string> headers, string body, CancellationToken cancel)
    {
        var since = _time.GetTimestamp();
        using var limit = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await SendAsync(url, headers, body, since, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failed($"No answer within {Timeout.TotalSeconds:0} seconds.", since);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or TargetRefusedException or InvalidOperationException)
        {
            return Failed(Words(e), since);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<WebhookAnswer> SendAsync(string url, IReadOnlyDictionary<string, string> headers, string body, long since, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        var start = await StartOfAsync(response, cancel);
        var status = (int)response.StatusCode;
        var error = status is >= 300 and < 400 ? "Redirects are not followed. Enter the address that it leads to." : null;
        return new WebhookAnswer(status, start, error, Since(since), status is >= 200 and < 300 ? null : WishOf(response));
    }

    private static async Task<string> StartOfAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[WebhookAttempt.AnswerLength];
        var length = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return string.Concat(text.Select(letter => IsSeen(letter) ? letter : '\uFFFD'));
    }

    // What cannot be shown, or turns the direction of what follows.
    private static bool IsSeen(char letter) => letter is '\n' or '\r' or '\t' || !(char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    /// <summary>Within reason.</summary>
    private TimeSpan? WishOf(HttpResponseMessage response)
    {
        var wish = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return wish <= TimeSpan.Zero ? null : wish < RetryTimes.LongestWish ? wish : RetryTimes.LongestWish;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await _targets.FindAsync(context.DnsEndPoint.Host, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // To what was judged, not to the name, which may lead elsewhere by now.
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private WebhookAnswer Failed(string words, long since) => new(null, "", words.Length > WebhookAttempt.ErrorLength ? words[..WebhookAttempt.ErrorLength] : words, Since(since));

    private int Since(long since) => (int)_time.GetElapsedTime(since).TotalMilliseconds;

    private static string Words(Exception exception) => exception switch
    {
        TargetRefusedException refused => refused.Message,
        { InnerException: TargetRefusedException refused } => refused.Message,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "The host's name is not known.",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The host's name is not known.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } secure => $"No secure connection: {secure.GetBaseException().Message}",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "The connection was closed before an answer came.",
        HttpRequestException { InnerException: SocketException inner } => Words(inner),
        SocketException socket => string.Create(CultureInfo.InvariantCulture, $"It could not be reached: {socket.Message}"),
        _ => $"It could not be sent: {exception.GetBaseException().Message}",
    };
}
