using Crm.Tests.Host;
using Crm.Web.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Crm.Tests.Web.Api;

public sealed class LateOperationTests
{
    [Fact]
    public async Task No_operation_is_compiled_before_it_is_called()
    {
        await using var host = await CrmHost.StartAsync();

        var operations = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith(ApiRoutes.Root, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(operations);
        Assert.All(operations, o => Assert.Equal(typeof(LateOperations), o.RequestDelegate!.Method.DeclaringType!.DeclaringType));
    }
}
