using Crm.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Crm.Tests.Web.Requests;

public sealed class ConsoleLogTests
{
    [Theory]
    [InlineData(LogLevel.Error, false)]
    [InlineData(LogLevel.Critical, true)]
    public async Task What_keeps_it_from_starting_leaves_no_trace_before_its_sentence_and_what_ends_it_later_does(LogLevel level, bool isTold)
    {
        using var log = new CapturedLog();
        await using var host = await CrmHost.StartAsync(configure: log.Attach);

        Assert.Equal(isTold, host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.Extensions.Hosting.Internal.Host").IsEnabled(level));
    }

    [Theory]
    [InlineData(null, @"^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ")]
    [InlineData("simple", @"^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ")]
    [InlineData("json", "^{\"Timestamp\":\"2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\",")]
    [InlineData("systemd", "^<4>")]
    public async Task Each_line_begins_with_its_time_unless_a_journal_knows_it_and_names_its_request(string? formatter, string begin)
    {
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            builder.Logging.AddConsole().AddFilter<ConsoleLoggerProvider>(_ => false);
            builder.Configuration["Logging:Console:FormatterName"] = formatter ?? builder.Configuration["Logging:Console:FormatterName"];
        });
        // Only when it is made does it settle how each formatter writes.
        Assert.Contains(host.Services.GetServices<ILoggerProvider>(), provider => provider is ConsoleLoggerProvider);
        var name = host.Services.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>().CurrentValue.FormatterName ?? ConsoleFormatterNames.Simple;
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push("request 0HN:0001");
        using var line = new StringWriter();

        host.Services.GetServices<ConsoleFormatter>().Single(f => f.Name == name)
            .Write(new LogEntry<string>(LogLevel.Warning, "Crm.Requests", 1, "slow", null, (words, _) => words), scopes, line);

        Assert.Equal(formatter ?? "simple", name);
        Assert.Matches(begin, line.ToString());
        Assert.Contains("request 0HN:0001", line.ToString(), StringComparison.Ordinal);
    }
}
