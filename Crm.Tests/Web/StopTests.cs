using System.Net.Sockets;
using Crm.Tests.Host;
using Crm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
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
    public async Task What_is_still_coming_in_when_the_program_stops_is_read_to_its_end()
    {
        var cancel = TestContext.Current.CancellationToken;
        var host = await CrmHost.StartAsync(map: app => app.MapPost("/said", ([FromBody] string[] words) => string.Join(' ', words)).AllowAnonymous());
        var (name, port) = (host.Address.Host, host.Address.Port);
        using var visitor = await host.VisitAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(name, port, cancel);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync("POST /said HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 21\r\nExpect: 100-continue\r\n\r\n"u8.ToArray(), cancel);
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(cancel));
        await stream.WriteAsync("[\"late"u8.ToArray(), cancel);
        await visitor.GetAsync("/healthz");

        var stop = host.DisposeAsync();
        await ListensNoMoreAsync(name, port);
        await stream.WriteAsync("\", \"but whole\"]"u8.ToArray(), cancel);

        Assert.Equal("", await reader.ReadLineAsync(cancel));
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync(cancel));
        Assert.Contains("late but whole", await reader.ReadToEndAsync(cancel), StringComparison.Ordinal);
        await stop;
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

    private static async Task ListensNoMoreAsync(string name, int port)
    {
        while (true)
        {
            try
            {
                using var another = new TcpClient();
                await another.ConnectAsync(name, port);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
