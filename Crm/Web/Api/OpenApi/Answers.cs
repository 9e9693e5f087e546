using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>What an operation may answer: besides what its handler says, every refusal that the facts about it allow.</summary>
internal sealed class Answers(OpenApiDocument document, Docstrings docs)
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [400] = "BadRequest",
        [401] = "NotSignedIn",
        [403] = "NotAllowed",
        [404] = "NotFound",
        [409] = "Conflict",
        [410] = "Gone",
        [412] = "ChangedMeanwhile",
        [413] = "TooLarge",
        [414] = "AddressTooLong",
        [415] = "UnsupportedMediaType",
        [422] = "Invalid",
        [429] = "TooManyRequests",
        [431] = "HeadersTooLarge",
        [500] = "OurFault",
        [503] = "Unavailable",
    };

    private static readonly Dictionary<int, (string Field, string Words)> Mistakes = new()
    {
        [400] = ("limit", "This value cannot be read, or is missing."),
        [422] = ("name", "Name is needed."),
    };

    /// <summary>What the server refuses before it has read the request, without a body.</summary>
    private static readonly Dictionary<int, string> BeforeThisProgram = new()
    {
        [414] = "The address is longer than 8 KB. There is no body.",
        [431] = "There are more than 100 headers, or more than 32 KB of them. There is no body.",
    };

    /// <summary>The refusals that operations share.</summary>
    public static void AddShared(OpenApiDocument document)
    {
        foreach (var (status, name) in Names)
        {
            if (BeforeThisProgram.TryGetValue(status, out var words))
            {
                document.AddComponent(name, new OpenApiResponse { Description = words });
                continue;
            }

            var usual = Problems.Usual(status);
            var errors = Mistakes.TryGetValue(status, out var mistake) ? new Dictionary<string, string[]> { [mistake.Field] = [mistake.Words] } : null;
            document.AddComponent(name, new OpenApiResponse
            {
                Description = $"{usual.Title}. {usual.Detail}",
                Headers = ApiHeaders.OfRefusal(status, document),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Problems.ContentType] = new()
                    {
                        Schema = new OpenApiSchemaReference(nameof(Problem), document),
                        Example = JsonSerializer.SerializeToNode(usual with { TraceId = "0HNH4QJ3V2T7K:00000005", Errors = errors }, ApiJson.Options),
                    },
                },
            });
        }
    }

    public void Complete(Operation operation)
    {
        var own = operation.Shape.Responses ?? [];
        var said = own.Keys.Select(k => int.Parse(k, CultureInfo.InvariantCulture)).Concat(Refusals(operation)).Concat(operation is { IsTagged: true, IsWrite: false } ? [304] : []);
        var all = new OpenApiResponses();
        foreach (var status in said.Distinct().Order())
        {
            var key = status.ToString(CultureInfo.InvariantCulture);
            all[key] = Names.TryGetValue(status, out var name) ? new OpenApiResponseReference(name, document) : Success(operation, status, own.GetValueOrDefault(key) as OpenApiResponse ?? new OpenApiResponse());
        }

        operation.Shape.Responses = all;
    }

    /// <summary>What else an operation refuses with, its handler says with <c>ProducesProblem</c>.</summary>
    private static IEnumerable<int> Refusals(Operation operation)
    {
        var takesText = operation.IsWrite || operation.Shape.Parameters?.Any(p => p.In == ParameterLocation.Query) == true;
        (int Status, bool MayBe)[] statuses =
        [
            (400, true), (401, true), (403, !operation.IsOpen || operation.IsWrite), (404, operation.HasRecord), (409, operation.IsWrite),
            (410, operation.IsWrite && operation.Path.EndsWith("/restore", StringComparison.Ordinal)), (412, operation.HasIfMatch),
            (413, operation.IsWrite), (414, true), (415, operation.HasBody), (422, takesText), (429, true), (431, true), (500, true), (503, true),
        ];
        return statuses.Where(s => s.MayBe).Select(s => s.Status);
    }

    private OpenApiResponse Success(Operation operation, int status, OpenApiResponse response)
    {
        response.Description = status switch
        {
            201 => "Made. `Location` says where it lies.",
            204 => "Done. There is nothing to say about it.",
            304 => "Still what `If-None-Match` names.",
            _ => docs.Returns(operation.Handler) ?? SchemaWords(response) ?? "Done.",
        };
        response.Headers = ApiHeaders.OfSuccess(operation, status, document);
        foreach (var type in operation.Metadata.OfType<IProducesResponseTypeMetadata>().Where(p => p.StatusCode == status && response.Content is null or { Count: 0 }).SelectMany(p => p.ContentTypes).ToList())
        {
            // The content of a file
            (response.Content ??= new Dictionary<string, OpenApiMediaType>())[type] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        }

        return response;
    }

    private static string? SchemaWords(OpenApiResponse response) =>
        response.Content?.Values.Select(c => c.Schema).OfType<OpenApiSchemaReference>().Select(s => s.Target?.Description).FirstOrDefault();
}
