using System.Reflection;
using System.Runtime.CompilerServices;
using Crm.Admin.Status;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Crm.Web;

/// <summary>Traces, metrics and logs for whoever collects them by OTLP. Nothing of it is loaded unless settings say where to.</summary>
public static class Telemetry
{
    /// <summary>Such as <c>0.1.0+a1b2c3d</c>.</summary>
    public static string Version { get; } = typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static void AddCrmTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            Add(builder);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(WebApplicationBuilder builder) => builder.Services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? "crm", serviceVersion: Version))
        .UseOtlpExporter()
        .WithTracing(traces => traces.AddAspNetCoreInstrumentation(KeepSecrets))
        .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Microsoft.EntityFrameworkCore"))
        .WithLogging(null, logs => (logs.IncludeFormattedMessage, logs.IncludeScopes) = (true, true))
        .Services.AddHostedService<LastExport>();

    /// <summary>An address may hold the secret of a link. The route takes its place when the request ends: see RequestWatch.</summary>
    private static void KeepSecrets(AspNetCoreTraceInstrumentationOptions options)
    {
        options.Filter = context => context.Request.Path != Health.Alive;
        options.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.path", null).SetTag("url.query", null).SetTag("user_agent.original", null);
    }

    /// <summary>What is left goes out when all else has stopped. A collector that does not answer keeps nobody from ending in good order.</summary>
    private sealed class LastExport(IHostApplicationLifetime life, TracerProvider traces, MeterProvider metrics, LoggerProvider logs) : IHostedService
    {
        private const int Patience = 500;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            life.ApplicationStopped.Register(() => Task.WaitAll(
                Task.Run(() => traces.Shutdown(Patience), CancellationToken.None),
                Task.Run(() => metrics.Shutdown(Patience), CancellationToken.None),
                Task.Run(() => logs.Shutdown(Patience), CancellationToken.None)));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
