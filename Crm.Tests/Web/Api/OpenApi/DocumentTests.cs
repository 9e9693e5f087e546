using System.Net;
using System.Text.Json.Nodes;
using Crm.Tests.Host;
using Crm.Web.Api.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Web.Api.OpenApi;

/// <summary>The document as it is served.</summary>
public sealed class DocumentTests
{
    [Fact]
    public async Task The_document_is_public_the_same_at_every_address_and_not_sent_twice()
    {
        await using var host = await CrmHost.StartAsync();
        using var stranger = await host.VisitAsync();

        var answer = await stranger.GetAsync(ServedDocument.Path);
        var again = new HttpRequestMessage(HttpMethod.Get, ServedDocument.Path) { Headers = { { "If-None-Match", answer.Header("ETag")! }, { "Host", "crm.example" } } };
        var document = JsonNode.Parse(answer.Text)!;

        Assert.Equal((HttpStatusCode.OK, "application/json; charset=utf-8"), (answer.Status, answer.Header("Content-Type")));
        Assert.Equal(HttpStatusCode.NotModified, (await stranger.SendAsync(again)).Status);
        Assert.Equal(HttpStatusCode.OK, (await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, ServedDocument.Path))).Status);
        Assert.StartsWith("3.1", document["openapi"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("/", document["servers"]!.AsArray().Single()!["url"]!.ToString());
        Assert.All(document["paths"]!.AsObject(), path => Assert.StartsWith("/api/v1/", path.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_example_says_more_than_that_it_is_a_text()
    {
        await using var host = await CrmHost.StartAsync();
        var schemas = JsonNode.Parse(await host.Services.GetRequiredService<ServedDocument>().ReadAsync())!["components"]!["schemas"]!.AsObject();

        Assert.Empty(
            from schema in schemas
            from property in schema.Value!["properties"]?.AsObject() ?? []
            where property.Value!["examples"]?[0]?.ToJsonString() == "\"text\""
            select $"{schema.Key}.{property.Key}");
    }

    /// <summary>With <c>CRM_DOCS=1</c> it writes the file instead.</summary>
    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        var file = Path.Combine(Docs.Repository.Docs, "openapi.json");
        await using var host = await CrmHost.StartAsync();
        var served = await host.Services.GetRequiredService<ServedDocument>().ReadAsync() + "\n";
        if (Environment.GetEnvironmentVariable("CRM_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, served, TestContext.Current.CancellationToken);
        }

        Assert.True(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) == served, "The API is not as Crm/Docs/openapi.json says any more. Run CRM_DOCS=1 dotnet test --filter FullyQualifiedName~committed_document, and look at what has changed.");
    }
}
