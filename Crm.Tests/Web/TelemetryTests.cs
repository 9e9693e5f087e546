using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Tests.Web;

public sealed class TelemetryTests
{
    private static readonly string[] Secrets = ["Quillon", "quillon@example.com", "wordsinacomment", "tokeninapath", "searchedfor", "Harbourproject", CrmHost.Password];

    [Fact]
    public async Task Traces_metrics_and_logs_arrive_and_hold_nothing_that_somebody_wrote()
    {
        await using var collector = await Collector.StartAsync();
        await using (var host = await CrmHost.StartAsync(configure: builder =>
        {
            builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
            builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            builder.Configuration["Logging:LogLevel:Crm.Requests"] = "Information";
            builder.Configuration["AllowedHosts"] = "127.0.0.1";
        }))
        {
            var me = await host.AddPersonAsync("Quillon Marsh", Role.Admin, "quillon@example.com");
            using var browser = await host.VisitAsync(me);
            using var stranger = await host.VisitAsync();
            var project = await host.AddProjectAsync("Harbourproject", me);
            await stranger.GetAsync("/join/tokeninapath?q=searchedfor");
            await stranger.GetAsync("/nowhere/tokeninapath");
            using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/reset/tokeninapath");
            elsewhere.Headers.Host = "elsewhere.example";
            await stranger.SendAsync(elsewhere);
            await stranger.PostAsync("/sign-in", ("Email", "quillon@example.com"), ("Password", CrmHost.Password));
            await browser.GetAsync("/projects?q=searchedfor");
            await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "wordsinacomment"));
        }

        var received = collector.Received;
        Assert.Contains(received, r => r.Path == "/v1/traces" && r.Body.Contains("/join/{token}", StringComparison.Ordinal) && r.Body.Contains("crm.db.queries", StringComparison.Ordinal));
        Assert.Contains(received, r => r.Path == "/v1/metrics" && r.Body.Contains("http.server.request.duration", StringComparison.Ordinal));
        Assert.Contains(received, r => r.Path == "/v1/logs" && r.Body.Contains("Crm.Requests", StringComparison.Ordinal));
        Assert.DoesNotContain(received, r => Secrets.Any(secret => r.Body.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_collector_that_never_answers_keeps_the_program_from_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{silent.LocalEndpoint}");
        using var stranger = await host.VisitAsync();
        await stranger.GetAsync("/sign-in");

        await host.DisposeAsync().AsTask().WaitAsync(CommandLine.LongestStop, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_an_address_nothing_of_it_is_there()
    {
        await using var host = await CrmHost.StartAsync();

        Assert.Null(host.Services.GetService<OpenTelemetry.Trace.TracerProvider>());
        Assert.Null(host.Services.GetService<OpenTelemetry.Metrics.MeterProvider>());
        Assert.DoesNotContain(host.Services.GetServices<ILoggerProvider>(), provider => provider.GetType().FullName!.Contains("OpenTelemetry", StringComparison.Ordinal));
    }

    /// <summary>Takes what comes by OTLP over HTTP. Texts stand in protobuf as they are.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _received = [];

        public IReadOnlyList<(string Path, string Body)> Received => [.. _received];

        public string Address => app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var collector = new Collector(builder.Build());
            collector.Map();
            await collector.StartAppAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task StartAppAsync() => app.StartAsync();

        private void Map() => app.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
    }
}
