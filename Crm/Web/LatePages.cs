using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Web;

/// <summary>
/// Looks at a page's handlers, properties, filters and attributes when the page is asked for first. The framework would look at
/// those of all pages when the program starts, which takes a third of a second.
/// </summary>
public sealed class LatePages(PageLoader loader) : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <summary>Before all others: what they judge by is known only then.</summary>
    public override int Order => int.MinValue;

    /// <exception cref="InvalidOperationException">The framework no longer does what this replaces.</exception>
    public static void Use(IMvcBuilder mvc)
    {
        var services = mvc.Services;
        services.Remove(services.Single(service => service.ServiceType == typeof(IActionDescriptorProvider)
            && service.ImplementationType?.Name == "CompiledPageActionDescriptorProvider"));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActionDescriptorProvider, PageActionDescriptorProvider>());
        services.AddSingleton<MatcherPolicy, LatePages>();
        // There are none, and to find that out it would load every class of the program.
        mvc.PartManager.FeatureProviders.Remove(mvc.PartManager.FeatureProviders.OfType<ControllerFeatureProvider>().Single());
    }

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(e => PageOf(e) is not null);

    public async Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && PageOf(candidates[i].Endpoint) is { } page)
            {
                var loaded = await loader.LoadAsync(page, candidates[i].Endpoint.Metadata);
                candidates.ReplaceEndpoint(i, loaded.Endpoint, candidates[i].Values);
            }
        }
    }

    private static PageActionDescriptor? PageOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<PageActionDescriptor>();
}
