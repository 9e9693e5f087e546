using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace Crm.Web.Requests;

/// <summary>What the log holds unless settings say otherwise, and what it never holds.</summary>
public static class LogServices
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly Dictionary<string, string?> Usual = new(StringComparer.Ordinal)
    {
        // Where none is named, the console writes as its options of old say: without times, and without the ids of requests.
        ["Logging:Console:FormatterName"] = ConsoleFormatterNames.Simple,
        [$"Logging:LogLevel:{RequestWatch.Category}"] = nameof(LogLevel.Warning),
    };

    public static void AddCrmLog(this WebApplicationBuilder builder)
    {
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Usual });
        builder.Services.AddSettings<RequestSettings>();
        builder.Services.AddSingleton<SlowRequests>().AddSingleton<RequestWatch>();
        builder.Logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            // Its lines, and what it adds to everybody else's, hold the address of the request: with the secrets of links.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // It warns of each page with a form that it may not be kept, as no page here is.
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            // It warns that the keys lie unencrypted in the data folder, which nobody else can read; what it cannot read or write it says as an error.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // Who asks whether it is ready asks every few seconds.
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Error)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            // That it cannot start is said in a sentence, and is no case for a trace; what ends it later is critical.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services
            .Configure<SimpleConsoleFormatterOptions>(options => Tell(options, Time + " "))
            .Configure<JsonConsoleFormatterOptions>(options => Tell(options, Time))
            // For systemd, whose journal knows when a line came.
            .Configure<ConsoleFormatterOptions>(options => Tell(options, null));
    }

    private static void Tell(ConsoleFormatterOptions options, string? time)
    {
        options.IncludeScopes = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = time;
    }
}
