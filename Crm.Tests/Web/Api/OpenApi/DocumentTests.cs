using System.Net;
using System.Text.Json.Nodes;
using Crm.Tests.Host;
using Crm.Web.Api.OpenApi;

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
        Assert.StartsWith("3.1", document["openapi"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("/", document["servers"]!.AsArray().Single()!["url"]!.ToString());
        Assert.All(document["paths"]!.AsObject(), path => Assert.StartsWith("/api/v1/", path.Key, StringComparison.Ordinal));
    }
}
