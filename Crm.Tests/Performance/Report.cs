using System.Globalization;
using System.Text;

namespace Crm.Tests.Performance;

/// <summary>What was measured of one scenario.</summary>
/// <param name="Load">As it is usually asked for: nothing was written meanwhile.</param>
/// <param name="Anew">The same with each page drawn anew; null for what writes.</param>
internal sealed record Row(Scenario Scenario, Measured Load, Measured? Anew, Looked? Looked);

/// <summary>What was measured, as Markdown, beside what it may be at most.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new(string.Create(CultureInfo.InvariantCulture,
        $"Measured on {DateTime.UtcNow:d MMMM yyyy}: {Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {Environment.OSVersion.VersionString}, .NET {Environment.Version}.\n"));

    public void Add(string size, RunningServer crm, double start, RunningServer bareServer, Measured before, Measured after, IReadOnlyList<Row> rows)
    {
        var bare = (before.PerSecond + after.PerSecond) / 2;
        var bareCpu = (before.Cpu + after.Cpu) / 2;
        Line($"\n## Data set “{size}”\n");
        Line($"The bare page: {before.PerSecond:0} requests a second before and {after.PerSecond:0} after, {bareCpu:0.00} ms of processor time each, 95th percentile {before.Percentile(0.95):0.0} ms. Start to first page, the middle of three: {start:0.0} s (bare {bareServer.Start.TotalSeconds:0.0} s; at most 1.5 s). Memory after it all: {crm.Memory >> 20} MB (bare {bareServer.Memory >> 20} MB; at most 250 MB).\n");
        Line($"| page | requests/s | of bare | processor ms | p50 ms | p95 ms | p99 ms | anew/s | anew, processor ms | anew, p95 ms | queries | bytes | compressed | errors |");
        Line($"|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (scenario, load, anew, looked) in rows)
        {
            Line($"| {scenario.Name} | {load.PerSecond:0} | {load.PerSecond / bare:0.00} | {load.Cpu:0.00} | {load.Percentile(0.5):0.0} | {load.Percentile(0.95):0.0} | {load.Percentile(0.99):0.0} | {anew?.PerSecond:0} | {anew?.Cpu:0.00} | {anew?.Percentile(0.95):0.0} | {looked?.Queries} | {looked?.Plain} | {looked?.Compressed} | {load.Errors + (anew?.Errors ?? 0)} |");
        }

        Line($"\nBudgets: pages at least 0.50 of bare, 95th percentile at most 10 ms, at most 12 queries and 20,480 bytes compressed; comments at least 500 a second, 99th percentile at most 60 ms, no errors.");
    }

    public override string ToString() => _text.ToString();

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
