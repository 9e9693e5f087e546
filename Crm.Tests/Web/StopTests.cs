using Crm.Tests.Host;
using Crm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Crm.Tests.Web;

public sealed class StopTests
{
    [Fact]
    public async Task What_is_under_way_when_the_program_stops_is_answered()
    {
        using var begun = new SemaphoreSlim(0);
        var host = await CrmHost.StartAsync(map: app => app.MapGet("/slow", async (IHostApplicationLifetime life) =>
        {
            var stops = new TaskCompletionSource();
            life.ApplicationStopping.Register(stops.SetResult);
            begun.Release();
            await stops.Task;
            return "done";
        }).AllowAnonymous());
        using var visitor = await host.VisitAsync();
        var answer = visitor.GetAsync("/slow");
        await begun.WaitAsync(TestContext.Current.CancellationToken);

        await host.DisposeAsync();

        Assert.Equal("done", (await answer).Text);
    }

    [Fact]
    public async Task What_does_not_end_by_itself_is_given_up()
    {
        using var begun = new SemaphoreSlim(0);
        var host = await CrmHost.StartAsync(map: app => app.MapGet("/stuck", async () =>
        {
            begun.Release();
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        }).AllowAnonymous());
        var patience = host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        using var visitor = await host.VisitAsync();
        var answer = visitor.GetAsync("/stuck");
        await begun.WaitAsync(TestContext.Current.CancellationToken);

        await host.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
        Assert.InRange(CommandLine.LongestStop, patience + TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(4.9));
    }
}
