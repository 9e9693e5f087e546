using System.Text.Json.Nodes;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Web.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Web.Api.OpenApi;

/// <summary>That nothing is missing from the document, whatever comes to it.</summary>
public sealed class OperationTests
{
    [Fact]
    public async Task Every_endpoint_of_the_api_stands_in_the_document_and_says_what_it_needs()
    {
        await using var host = await CrmHost.StartAsync();
        var contract = await Contract.OfAsync(host.Services);
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => $"/{e.RoutePattern.RawText?.TrimStart('/')}".StartsWith($"{ApiRoutes.Root}/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(endpoints);
        Assert.Empty(endpoints.Where(e => e.Metadata.GetMetadata<NeedsAttribute>() is null).Select(e => $"{e.DisplayName} lacks [Needs(Right.…)]"));
        Assert.Equal(endpoints.Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? $"{e.DisplayName} lacks WithName").Order(), contract.Operations.Select(o => o.Shape["operationId"]?.ToString()).Order());
    }

    [Fact]
    public async Task Every_operation_and_every_record_is_described_with_its_limits_and_examples()
    {
        await using var host = await CrmHost.StartAsync();
        var contract = await Contract.OfAsync(host.Services);
        var missing = contract.Operations.SelectMany(o => Missing(contract, o).Select(words => $"{o.Name}: {words}"))
            .Concat(contract.Document["components"]!["schemas"]!.AsObject().SelectMany(s => Missing(s.Key, s.Value!)))
            .Concat(Inputs(contract).SelectMany(s => Unlimited(s.Key, s.Value!)))
            .ToList();

        Assert.True(missing.Count == 0, $"{missing.Count} things are missing from the description of the API:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public async Task Every_example_is_what_its_schema_says()
    {
        await using var host = await CrmHost.StartAsync();
        var contract = await Contract.OfAsync(host.Services);
        var contents = contract.Operations.SelectMany(o => o.Shape["responses"]!.AsObject().Select(r => (Where: $"{o.Name} {r.Key}", Content: contract.Schemas.Resolve(r.Value!)["content"]))
            .Append((Where: $"{o.Name} body", Content: o.Shape["requestBody"]?["content"])))
            .SelectMany(c => (c.Content?.AsObject() ?? []).Select(x => (c.Where, Holder: x.Value!)))
            .Concat(contract.Operations.SelectMany(o => Parameters(contract, o).Select(p => (Where: $"{o.Name} {p["name"]}", Holder: p))));

        var wrong = contents.Where(c => (c.Holder["example"] ?? c.Holder["examples"]) is not null)
            .SelectMany(c => contract.Schemas.Mistakes(c.Holder["schema"]!, c.Holder["example"] ?? c.Holder["examples"]!["usual"]!["value"]).Select(m => $"{c.Where}: {m}")).ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> Missing(Contract contract, ContractOperation operation)
    {
        var shape = operation.Shape;
        var tags = shape["tags"]?.AsArray().Select(t => t!.ToString()).ToList() ?? [];
        var described = contract.Document["tags"]!.AsArray().Where(t => t!["description"] is not null).Select(t => t!["name"]!.ToString());
        (bool IsThere, string Words)[] parts =
        [
            (shape["summary"] is not null, "the handler lacks a <summary>"),
            (shape["description"] is not null, "the handler lacks <remarks>"),
            (tags.Count == 1, "the group lacks WithTags(…), or has several"),
            (tags.TrueForAll(described.Contains), $"DocumentFrame.Tags says nothing of {string.Join(", ", tags)}"),
            (shape["requestBody"] is not { } body || body["description"] is not null, "the record of the body lacks a <summary>"),
            (shape["requestBody"] is not { } sent || sent["content"]!.AsObject().All(c => c.Value!["schema"] is not null), "the body has no schema"),
            (shape["responses"]!.AsObject().Any(r => r.Key[0] == '2'), "nothing says what it answers: use Tagged, Made, Listed or TypedResults"),
        ];
        return parts.Where(p => !p.IsThere).Select(p => p.Words)
            .Concat(Parameters(contract, operation).Where(p => (p["example"] ?? p["examples"]) is null).Select(p => $"the parameter {p["name"]} lacks an example: see Examples"))
            .Concat(Parameters(contract, operation).Where(p => p["description"] is null).Select(p => $"the parameter {p["name"]} lacks a description: <param> of the handler, <summary> of the property"));
    }

    private static IEnumerable<string> Missing(string name, JsonNode schema)
    {
        if (schema["description"] is null)
        {
            yield return $"{name}: the type lacks a <summary>";
        }

        if (name.Contains("Resource", StringComparison.Ordinal) || name.Contains("Of", StringComparison.Ordinal))
        {
            yield return $"{name}: SchemaNames should call it something else";
        }
    }

    private static IEnumerable<JsonNode> Parameters(Contract contract, ContractOperation operation) =>
        operation.Shape["parameters"]?.AsArray().Select(p => contract.Schemas.Resolve(p!)) ?? [];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Inputs(Contract contract) =>
        contract.Document["components"]!["schemas"]!.AsObject().Where(s => s.Value!["additionalProperties"]?.GetValueKind() == System.Text.Json.JsonValueKind.False);

    /// <summary>Texts and lists of an input may not be endless.</summary>
    private static IEnumerable<string> Unlimited(string name, JsonNode schema) =>
        from property in schema["properties"]?.AsObject() ?? []
        let type = property.Value!["type"]?.ToJsonString() ?? ""
        where (type.Contains("string", StringComparison.Ordinal) && property.Value["maxLength"] is null && property.Value["enum"] is null && property.Value["pattern"] is null && property.Value["format"] is null)
            || (type.Contains("array", StringComparison.Ordinal) && property.Value["maxItems"] is null)
        select $"{name}.{property.Key} has no limit: [Line], [Prose], [MaxLength]…";
}
