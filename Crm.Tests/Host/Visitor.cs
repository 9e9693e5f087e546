using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Crm.Tests.Host;

/// <summary>One browser, without a window: keeps cookies, follows no redirect by itself, sends forms with their token.</summary>
public sealed class Visitor(Uri address, CookieContainer cookies) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = address };

    public CookieContainer Cookies { get; } = cookies;

    /// <summary>Asks for a page.</summary>
    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Asks for a fragment, as htmx does.</summary>
    /// <param name="from">The page that the browser shows.</param>
    public Task<Answer> GetFragmentAsync(string path, string from = "/") => SendAsync(Htmx(new HttpRequestMessage(HttpMethod.Get, path), from));

    /// <summary>Sends a form as a browser without JavaScript does; the token comes from any page of the same person.</summary>
    public async Task<Answer> PostAsync(string path, params (string Name, string Value)[] values) =>
        await SendAsync(await FormAsync(path, values));

    /// <summary>Sends a form as htmx does.</summary>
    public async Task<Answer> PostFragmentAsync(string path, params (string Name, string Value)[] values) =>
        await SendAsync(Htmx(await FormAsync(path, values), "/"));

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Answer(response, bytes);
    }

    /// <summary>The anti-forgery token that a form of this visitor carries.</summary>
    public async Task<string> TokenAsync()
    {
        foreach (var path in new[] { "/projects", "/profile/security", "/sign-in", "/set-up" })
        {
            var page = await GetAsync(path);
            if (page.Status == HttpStatusCode.OK && page.Html.QuerySelector("input[name=_token]") is IHtmlInputElement input)
            {
                return input.Value;
            }
        }

        throw new InvalidOperationException("No page of this visitor holds a form.");
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Htmx(HttpRequestMessage request, string from)
    {
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Current-URL", "http://localhost" + from);
        return request;
    }

    private async Task<HttpRequestMessage> FormAsync(string path, (string Name, string Value)[] values)
    {
        var fields = values.Select(v => KeyValuePair.Create(v.Name, v.Value)).Append(KeyValuePair.Create("_token", await TokenAsync()));
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
    }
}

/// <summary>What came back.</summary>
public sealed class Answer(HttpResponseMessage response, byte[] body)
{
    private static readonly HtmlParser Parser = new();
    private IHtmlDocument? _html;

    public HttpStatusCode Status { get; } = response.StatusCode;

    /// <summary>Path and query that a redirect leads to.</summary>
    public string? Location { get; } = response.Headers.Location is { IsAbsoluteUri: true } absolute
        ? absolute.PathAndQuery
        : response.Headers.Location?.OriginalString;

    public byte[] Body { get; } = body;

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    /// <summary>The page, or the fragment as the body of one.</summary>
    public IHtmlDocument Html => _html ??= Parser.ParseDocument(Text);

    /// <summary>Null when the answer has no such header.</summary>
    public string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>What a form's control holds, whatever kind it is.</summary>
    public string? ValueOf(string name) => Html.QuerySelector($"[name='{name}']") switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value,
        _ => null,
    };

    /// <summary>The text of the first element that matches, without the spaces around it.</summary>
    public string? TextOf(string selector) => Html.QuerySelector(selector)?.TextContent.Trim();
}
