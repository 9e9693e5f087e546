using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Builder;

namespace Crm.Tests.Accounts;

public sealed class RightsTests
{
    [Fact]
    public async Task An_endpoint_that_does_not_say_what_it_needs_is_closed_to_everybody()
    {
        await using var host = await CrmHost.StartAsync(map: app =>
        {
            app.MapGet("/silent", () => "in");
            app.MapGet("/team", [Needs(Right.TeamWork)] () => "in");
        });
        var (admin, _) = await host.SignInAsync(Role.Admin);
        var (client, _) = await host.SignInAsync(Role.Client, "Asta Lind");
        using var stranger = await host.VisitAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync("/silent")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/team")).Status);
        Assert.Equal(HttpStatusCode.Found, (await stranger.GetAsync("/team")).Status);
        Assert.Equal("in", (await admin.GetAsync("/team")).Text);
    }
}
