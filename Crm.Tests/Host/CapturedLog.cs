using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Tests.Host;

/// <summary>Everything that a program logs, with all that any formatter could write of it: words, values, scopes, exceptions.</summary>
internal sealed class CapturedLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, string Text)> _lines = [];
    private IExternalScopeProvider? _scopes;

    public IReadOnlyList<string> All => [.. _lines.Select(l => $"{l.Level} {l.Category}: {l.Text}")];

    public IReadOnlyList<string> Of(string category) => [.. _lines.Where(l => l.Category == category).Select(l => $"{l.Level} {l.Text}")];

    public void Attach(WebApplicationBuilder builder) => builder.Services.AddSingleton<ILoggerProvider>(this);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private static string Words(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values
        ? string.Join(' ', values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key}={v.Value}")))
        : $"{state}";

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = new StringBuilder(formatter(state, exception)).Append(" | ").Append(Words(state)).Append(" | ").Append(exception);
            log._scopes?.ForEachScope(static (scope, words) => words.Append(" => ").Append(scope).Append(' ').Append(Words(scope)), text);
            log._lines.Enqueue((category, logLevel, text.ToString()));
        }
    }
}
