using System.Net;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounts;

public sealed class AnonymousPagesTests
{
    private static readonly string[] Open = ["docs", "email", "error", "forgot", "join", "register", "reset", "set-up", "sign-in", "sign-out"];

    [Fact]
    public async Task Every_page_asks_strangers_to_sign_in_but_those_of_a_short_list()
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();
        var addresses = host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + string.Join('/', e.RoutePattern.PathSegments.Select(s => s.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : "1")))
            .Where(address => !Open.Contains(address.Split('/')[1]))
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(addresses);
        foreach (var address in addresses)
        {
            var answer = await visitor.GetAsync(address);
            Assert.Equal((address, HttpStatusCode.Found), (address, answer.Status));
            Assert.StartsWith("/sign-in", answer.Location, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/forgot")]
    [InlineData("/join/x")]
    public async Task A_stranger_who_sends_too_much_is_told_so(string path)
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();

        var answer = await visitor.PostAsync(path, ("Email", new string('a', 70_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Equal("That is too large", answer.TextOf("h1"));
    }
}
