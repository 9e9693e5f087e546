using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>The headers of requests and answers that operations share.</summary>
internal static class ApiHeaders
{
    private const string IfNoneMatch = "If-None-Match";
    private const string Tag = "\"3-9f86d081884c7d65\"";

    private static readonly (string Name, string Words, JsonSchemaType Type, JsonNode Example)[] OfAnswers =
    [
        ("ETag", "Names this state of the answer, for `If-None-Match`, and this version of the record, for `If-Match`.", JsonSchemaType.String, Tag),
        ("Link", "The address of the next page as `<…>; rel=\"next\"` (RFC 8288). Not there on the last one.", JsonSchemaType.String, "</api/v1/projects?cursor=WyJuYW1lIiwiaGFyYm91ciBndWlkZSIsMV0>; rel=\"next\""),
        ("Location", "The address of what was made.", JsonSchemaType.String, "/api/v1/projects/1"),
        ("Idempotency-Replayed", "`true` when the call had been carried out before under this key, and this is the first answer once more.", JsonSchemaType.String, "true"),
        ("RateLimit-Limit", "So many calls a minute are answered.", JsonSchemaType.Integer, 30_000),
        ("RateLimit-Remaining", "So many of them are left.", JsonSchemaType.Integer, 29_999),
        ("RateLimit-Reset", "In so many seconds the count begins anew.", JsonSchemaType.Integer, 42),
        ("Retry-After", "Try again in so many seconds.", JsonSchemaType.Integer, 5),
        ("WWW-Authenticate", "How to sign in: with a token.", JsonSchemaType.String, "Bearer"),
    ];

    public static void AddShared(OpenApiDocument document)
    {
        foreach (var (name, words, type, example) in OfAnswers)
        {
            var component = new OpenApiHeader { Description = words, Schema = new OpenApiSchema { Type = type }, Example = example };
            document.AddComponent(name, component);
        }

        AddParameter(document, IfNoneMatch, "The ETag of an earlier answer: as long as the answer is the same, it is 304 without a body.", new OpenApiSchema { Type = JsonSchemaType.String }, Tag);
        AddParameter(
            document,
            Once.Header,
            "Any text that is new for each change. A call that is sent again under its key is not carried out again, and gets the first answer. The same key with another content is refused (422).",
            new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
            "0d6e8f0a-3c4b-4f5e-9a1d-2b7c8e9f0a1b");
    }

    public static void AddParameters(Operation operation, OpenApiDocument document)
    {
        var parameters = operation.Shape.Parameters ??= [];
        if (operation.IsWrite || operation.IsTagged)
        {
            parameters.Add(new OpenApiParameterReference(operation.IsWrite ? Once.Header : IfNoneMatch, document));
        }
    }

    public static IDictionary<string, IOpenApiHeader> OfSuccess(Operation operation, int status, OpenApiDocument document) => References(document,
    [
        .. operation.IsTagged && status != StatusCodes.Status204NoContent ? ["ETag"] : Array.Empty<string>(),
        .. operation.IsListed && status == StatusCodes.Status200OK ? ["Link"] : Array.Empty<string>(),
        .. status == StatusCodes.Status201Created ? ["Location"] : Array.Empty<string>(),
        .. operation.IsWrite ? ["Idempotency-Replayed"] : Array.Empty<string>(),
    ]);

    public static IDictionary<string, IOpenApiHeader> OfRefusal(int status, OpenApiDocument document) => References(document, status switch
    {
        401 => ["WWW-Authenticate"],
        429 or 503 => ["Retry-After"],
        _ => [],
    });

    private static Dictionary<string, IOpenApiHeader> References(OpenApiDocument document, IEnumerable<string> names) =>
        names.Concat(OfAnswers.Select(h => h.Name).Where(n => n.StartsWith("RateLimit", StringComparison.Ordinal)))
            .ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document), StringComparer.Ordinal);

    private static void AddParameter(OpenApiDocument document, string name, string words, OpenApiSchema schema, string example)
    {
        var parameter = new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = words, Schema = schema };
        Examples.Give(parameter, example);
        document.AddComponent(name, parameter);
    }
}
