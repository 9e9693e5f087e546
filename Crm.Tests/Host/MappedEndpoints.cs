using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Host;

/// <summary>What the program answers, pages as they are when they have been asked for once.</summary>
public static class MappedEndpoints
{
    public static async Task<IReadOnlyList<RouteEndpoint>> AllAsync(IServiceProvider services)
    {
        var loader = services.GetRequiredService<PageLoader>();
        List<RouteEndpoint> all = [];
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            all.Add(endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
                ? (RouteEndpoint)(await loader.LoadAsync(page, endpoint.Metadata)).Endpoint!
                : endpoint);
        }

        return all;
    }
}
