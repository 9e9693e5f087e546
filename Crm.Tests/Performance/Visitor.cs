using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Crm.Tests.Performance;

/// <summary>An answer as a browser gets it.</summary>
/// <param name="Queries">Of the database, as <c>Server-Timing</c> says; null when it does not.</param>
internal sealed record Looked(int Plain, int Compressed, int? Queries);

/// <summary>Somebody who has signed in, in a browser and as a program.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    private Visitor(RunningServer server) =>
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = server.Address };

    /// <summary>Of the forms.</summary>
    public string FormToken { get; private set; } = "";

    /// <summary>Of the API.</summary>
    public string AccessToken { get; private set; } = "";

    /// <summary>As the header says them.</summary>
    private string Cookies { get; set; } = "";

    public static async Task<Visitor> SignInAsync(RunningServer server, string email, string password)
    {
        var visitor = new Visitor(server);
        await visitor.SendAsync("/sign-in", ("Email", email), ("Password", password), ("_token", await visitor.TokenAsync("/sign-in")));
        visitor.FormToken = await visitor.TokenAsync("/");
        visitor.Cookies = visitor._cookies.GetCookieHeader(server.Address);
        // Without the browser's cookies, as a program has none.
        using var program = new HttpClient { BaseAddress = server.Address };
        using var answer = await program.PostAsJsonAsync("/api/v1/auth/login", new { email, password });
        visitor.AccessToken = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
        return visitor;
    }

    public async Task<Looked> LookAsync(string path)
    {
        using var plain = await GetAsync(path, null);
        using var compressed = await GetAsync(path, "gzip");
        var queries = plain.Headers.TryGetValues("Server-Timing", out var timing) && QueriesIn().Match(string.Join(',', timing)) is { Success: true } found
            ? int.Parse(found.Groups["value"].ValueSpan, CultureInfo.InvariantCulture)
            : (int?)null;
        return new Looked((await plain.Content.ReadAsByteArrayAsync()).Length, (await compressed.Content.ReadAsByteArrayAsync()).Length, queries);
    }

    /// <summary>Has each page drawn anew, as after a change. Otherwise they are asked for again and again while nothing changes.</summary>
    public bool WantsAllAnew { get; set; }

    /// <summary>A page as a browser asks for it.</summary>
    public byte[] Page(string path) => Request("GET", path, $"Cookie: {Cookies}\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n{(WantsAllAnew ? "Cache-Control: no-cache\r\n" : "")}", "");

    /// <summary>A form as htmx sends it.</summary>
    public byte[] Form(string path, string fields) => Request(
        "POST", path, $"Cookie: {Cookies}\r\nHX-Request: true\r\nContent-Type: application/x-www-form-urlencoded\r\n", $"{fields}&_token={Uri.EscapeDataString(FormToken)}");

    /// <summary>A call of the API.</summary>
    public byte[] Call(string method, string path, string json = "") => Request(
        method, path, $"Authorization: Bearer {AccessToken}\r\n{(json.Length > 0 ? "Content-Type: application/json\r\n" : "")}", json);

    public static byte[] Request(string method, string path, string headers, string body) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}{(body.Length > 0 ? $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n" : "")}\r\n{body}");

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> GetAsync(string path, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (encoding is not null)
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        }

        request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        }

        return (await _client.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private async Task<string> TokenAsync(string path) => WebUtility.HtmlDecode(TokenIn().Match(await _client.GetStringAsync(path)).Groups["value"].Value);

    private async Task SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await _client.PostAsync(path, form);
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
        }
    }

    [GeneratedRegex("name=\"_token\"[^>]*value=\"(?<value>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex TokenIn();

    [GeneratedRegex("(?<value>\\d+) quer", RegexOptions.None, 1000)]
    private static partial Regex QueriesIn();
}
