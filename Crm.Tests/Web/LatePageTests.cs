using Crm.Tests.Host;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Web;

public sealed class LatePageTests
{
    [Fact]
    public async Task No_page_is_looked_at_before_it_is_asked_for()
    {
        await using var host = await CrmHost.StartAsync();

        var pages = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.Select(e => e.Metadata.GetMetadata<PageActionDescriptor>()).OfType<PageActionDescriptor>().ToList();

        Assert.NotEmpty(pages);
        Assert.DoesNotContain(pages, page => page is CompiledPageActionDescriptor);
    }
}
