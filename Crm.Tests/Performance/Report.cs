using System.Globalization;
using System.Text;

namespace Crm.Tests.Performance;

/// <summary>What was measured of one scenario.</summary>
/// <param name="Load">As it is usually asked for: nothing was written meanwhile.</param>
/// <param name="Anew">The same with each page drawn anew; null for what writes.</param>
/// <param name="Bare">The bare page just before and after: reading, or writing for what writes.</param>
internal sealed record Row(Scenario Scenario, Measured Load, Measured? Anew, Looked? Looked, IReadOnlyList<Measured> Bare)
{
    public double OfBare => Load.PerSecond / Bare.Average(b => b.PerSecond);

    public double? AnewOfBare => Anew?.PerSecond / Bare.Average(b => b.PerSecond);
}

/// <summary>What was measured, as Markdown, beside what it may be at most.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new(string.Create(CultureInfo.InvariantCulture,
        $"Measured on {DateTime.UtcNow:d MMMM yyyy}: {Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {Environment.OSVersion.VersionString}, .NET {Environment.Version}.\n"));

    public void Add(string size, RunningServer crm, RunningServer bare, (double Crm, double Bare) start, IReadOnlyList<Row> rows)
    {
        Line($"\n## Data set “{size}”\n");
        Line($"{Bare("The bare page", rows.Where(r => r.Scenario.Kind != ScenarioKind.Writes))} {Bare("Writing with it", rows.Where(r => r.Scenario.Kind == ScenarioKind.Writes))}");
        Line($"Start to first page, the middle of three: {start.Crm:0.0} s (bare {start.Bare:0.0} s; at most 1.5 s). Memory after it all: {crm.Memory >> 20} MB (bare {bare.Memory >> 20} MB; at most 250 MB).\n");
        Line($"| page | requests/s | of bare | processor ms | p50 ms | p95 ms | p99 ms | anew/s | anew, of bare | anew, processor ms | anew, p95 ms | queries | bytes | compressed | errors |");
        Line($"|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var row in rows)
        {
            var (scenario, load, anew, looked, _) = row;
            Line($"| {scenario.Name} | {load.PerSecond:0} | {row.OfBare:0.00} | {load.Cpu:0.00} | {load.Percentile(0.5):0.0} | {load.Percentile(0.95):0.0} | {load.Percentile(0.99):0.0} | {anew?.PerSecond:0} | {row.AnewOfBare:0.00} | {anew?.Cpu:0.00} | {anew?.Percentile(0.95):0.0} | {looked?.Queries} | {looked?.Plain} | {looked?.Compressed} | {load.Errors + (anew?.Errors ?? 0)} |");
        }

        Line($"\nBudgets: pages at least 0.50 of bare, 95th percentile at most 10 ms, at most 12 queries and 20,480 bytes compressed; comments at least 0.45 of writing with the bare page (500 a second where that takes 1,100), 99th percentile at most 60 ms, no errors.");
    }

    private static string Bare(string name, IEnumerable<Row> rows)
    {
        var all = rows.SelectMany(r => r.Bare).OrderBy(b => b.PerSecond).ToList();
        var middle = all[all.Count / 2];
        return string.Create(CultureInfo.InvariantCulture, $"{name}: {all[0].PerSecond:0} to {all[^1].PerSecond:0} requests a second, the middle one {middle.PerSecond:0} with {middle.Cpu:0.00} ms of processor time each and a 95th percentile of {middle.Percentile(0.95):0.0} ms.");
    }

    public override string ToString() => _text.ToString();

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
