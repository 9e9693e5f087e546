using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Tests.Web.Api.OpenApi;

namespace Crm.Tests.Host;

/// <summary>A program that calls the JSON API on behalf of somebody, or of nobody.</summary>
/// <param name="token">What it shows with each call; null for nothing.</param>
public sealed class Caller(Uri address, Func<Task<string>>? token = null) : IDisposable
{
    /// <summary>Of the program that is called: every answer is held against its description.</summary>
    public IServiceProvider? Services { get; init; }

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    /// <param name="path">Under <c>/api/v1</c>.</param>
    /// <param name="headers">Such as <c>("If-Match", "…")</c>.</param>
    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Answer> PatchAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Answer> PutAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    /// <param name="body">Sent as JSON; a text goes as it is, and content as what it says.</param>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, new MediaTypeHeaderValue("application/json")),
            _ => JsonContent.Create(body),
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token());
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if (Services is not null)
        {
            var mistakes = (await Contract.OfAsync(Services)).Mistakes(method.Method, "/api/v1" + path, response, bytes).ToList();
            Assert.True(mistakes.Count == 0, $"{method} {path} does not answer as the document says:\n{string.Join('\n', mistakes)}");
        }

        return new Answer(response, bytes);
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>Answers as JSON.</summary>
public static class JsonAnswers
{
    extension(Answer answer)
    {
        /// <summary>The body. Fails the test with it when it is no JSON.</summary>
        public JsonNode Json
        {
            get
            {
                try
                {
                    return JsonNode.Parse(answer.Text)!;
                }
                catch (JsonException)
                {
                    Assert.Fail($"{(int)answer.Status} with no JSON: {answer.Text}");
                    throw;
                }
            }
        }

        /// <summary>The items of a list. Fails the test when it is none.</summary>
        public IEnumerable<JsonNode> Items
        {
            get
            {
                Assert.True(answer.Status == System.Net.HttpStatusCode.OK, answer.Text);
                return answer.Json["items"]!.AsArray().Select(item => item!);
            }
        }

        /// <summary>Names of the fields that a problem is about.</summary>
        public IEnumerable<string> ErrorFields => answer.Json["errors"]?.AsObject().Select(e => e.Key) ?? [];
    }
}
