using System.Security.Cryptography;
using Crm.Accounts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>
/// The OpenAPI document: made from the endpoints, their records and their docstrings when somebody asks for it first, and the
/// same for everybody until the program ends.
/// </summary>
public sealed class ServedDocument
{
    public const string Path = "/openapi/v1.json";

    public const string Name = "v1";

    private readonly Lazy<Task<(byte[] Json, string ETag)>> _document;

    public ServedDocument(IServiceProvider services) => _document = new(() => WriteAsync(services));

    /// <summary>What the document is made with.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => $"/{endpoint.RelativePath}".StartsWith($"{ApiRoutes.Prefix}/", StringComparison.Ordinal);
        options.AddOperationTransformer((operation, context, _) =>
        {
            Operation.Remember(operation, context.Description);
            return Task.CompletedTask;
        });
        var names = new SchemaNames();
        options.CreateSchemaReferenceId = names.Of;
        options.AddDocumentTransformer(new DocumentFrame(names));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], AnswerAsync).AllowAnonymous().ExcludeFromDescription().WithMetadata(new NeedsAttribute(Right.Anything));

    /// <summary>The document as it is served.</summary>
    public async Task<string> ReadAsync() => System.Text.Encoding.UTF8.GetString((await _document.Value).Json);

    private static async Task<IResult> AnswerAsync(ServedDocument description, HttpResponse response)
    {
        var (json, tag) = await description._document.Value;
        response.Headers.CacheControl = "no-cache";
        return Results.Bytes(json, "application/json; charset=utf-8", entityTag: new(tag));
    }

    private static async Task<(byte[] Json, string ETag)> WriteAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        await using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1);
        return (json.ToArray(), $"\"{Convert.ToHexStringLower(SHA256.HashData(json.GetBuffer().AsSpan(0, (int)json.Length)).AsSpan(0, 8))}\"");
    }
}
