using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Web.Api.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Web.Api.OpenApi;

/// <summary>
/// Holds every answer that a test gets from the API against the document: the status is said there, so is the kind of content,
/// and the body is what its schema says. Read once per process.
/// </summary>
internal sealed class Contract
{
    /// <summary>Begins the addresses of endpoints that a test has added.</summary>
    public const string OfTests = "/api/v1/danger";

    /// <summary>Said of the way to every operation, and so not of each.</summary>
    private static readonly int[] BeforeOperations = [400, 401, 403, 404, 405, 413, 429, 503];

    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static Contract? _one;

    private readonly SchemaCheck _check;

    public Contract(string document)
    {
        Document = JsonNode.Parse(document)!;
        _check = new SchemaCheck(Document);
        Operations = [.. Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => new ContractOperation(o.Key.ToUpperInvariant(), path.Key, o.Value!)))];
    }

    public JsonNode Document { get; }

    public IReadOnlyList<ContractOperation> Operations { get; }

    public SchemaCheck Schemas => _check;

    public static async Task<Contract> OfAsync(IServiceProvider services)
    {
        await Turn.WaitAsync();
        try
        {
            return _one ??= new Contract(await services.GetRequiredService<ServedDocument>().ReadAsync());
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>The operation that an address with this method means; null when the document has none.</summary>
    public ContractOperation? Find(string method, string path) =>
        Operations.Where(o => o.Method == method && o.Fits(path)).OrderBy(o => o.Path.Count(letter => letter == '{')).FirstOrDefault();

    /// <param name="path">From the root, with or without a query.</param>
    /// <returns>What the document says otherwise.</returns>
    public IEnumerable<string> Mistakes(string method, string path, HttpResponseMessage answer, byte[] body)
    {
        var status = (int)answer.StatusCode;
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (Find(method, path.Split('?')[0]) is not { } operation)
        {
            return path.StartsWith(OfTests, StringComparison.Ordinal) || (BeforeOperations.Contains(status) && type == "application/problem+json") ? [] : [$"{status} {type} of an operation that is not in the document"];
        }

        if (operation.Shape["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } said)
        {
            return [$"{status} is not in the document"];
        }

        var response = _check.Resolve(said);
        var headers = (response["headers"]?.AsObject() ?? []).Select(h => h.Key).Where(IsAlways).Where(name => !answer.Headers.Contains(name) && !answer.Content.Headers.Contains(name)).Select(name => $"{status} lacks the header {name}");
        if (response["content"] is not { } contents)
        {
            return headers.Concat(body.Length == 0 ? [] : [$"{status} has a body, and the document says none"]);
        }

        return headers.Concat(contents[type ?? ""] is not { } content ? [$"{status} is {type ?? "empty"}, and the document says {string.Join(", ", contents.AsObject().Select(c => c.Key))}"] : OfBody(content, type!, body));
    }

    private IEnumerable<string> OfBody(JsonNode content, string type, byte[] body)
    {
        if (!type.EndsWith("json", StringComparison.Ordinal) || content["schema"] is not { } schema)
        {
            return [];
        }

        try
        {
            return _check.Mistakes(schema, JsonNode.Parse(body)).ToList();
        }
        catch (JsonException exception)
        {
            return [$"no JSON: {exception.Message}"];
        }
    }

    /// <summary>Whether an answer has this header whenever the document names it.</summary>
    private static bool IsAlways(string header) => header is "ETag" or "Location" or "Retry-After" or "WWW-Authenticate";
}

/// <summary>An operation of the document.</summary>
internal sealed record ContractOperation(string Method, string Path, JsonNode Shape)
{
    private readonly string[] _parts = Path.Split('/');

    public string Name => $"{Method} {Path}";

    public bool Fits(string path)
    {
        var parts = path.TrimEnd('/').Split('/');
        return parts.Length == _parts.Length && parts.Zip(_parts).All(p => p.Second.StartsWith('{') ? p.First.Length > 0 : string.Equals(p.First, p.Second, StringComparison.OrdinalIgnoreCase));
    }
}
