using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;

namespace Crm.Tests.Accounts.Matrix;

/// <summary>Somebody who tries everything: the same cookies with each request, whatever the answers say.</summary>
internal sealed class MatrixVisitor(Person? person, Uri address, string cookies, string token) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    /// <summary>Null for a stranger.</summary>
    public Person? Person { get; } = person;

    public string Name => Person is null ? "A stranger" : $"{Person.Name} ({Person.Role})";

    public static async Task<MatrixVisitor> ComeAsync(CrmHost host, Person? person)
    {
        using var browser = await host.VisitAsync(person);
        var token = await browser.TokenAsync();
        return new MatrixVisitor(person, host.Address, browser.Cookies.GetCookieHeader(host.Address), token);
    }

    /// <param name="json">For a call of the API, which gets this in place of the form.</param>
    public async Task<(HttpStatusCode Status, string Location, string Text)> AskAsync(string method, string path, (string Name, string Value)[] form, string? json)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Cookie", cookies);
        if (json is not null)
        {
            request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
            request.Content = json == MatrixEntries.File
                ? new MultipartFormDataContent { { new StringContent("{}"), "file", "board.json" } }
                : new StringContent(json, null, "application/json");
        }
        else if (method is not ("GET" or "HEAD"))
        {
            request.Content = new FormUrlEncodedContent(form.Append(("_token", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (
            response.StatusCode,
            response.Headers.Location?.OriginalString ?? "",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _client.Dispose();
}
