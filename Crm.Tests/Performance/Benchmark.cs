using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Crm.Tests.Performance;

/// <summary>Publishes, fills, serves, drives, and reports.</summary>
internal static partial class Benchmark
{
    public static async Task RunAsync(Options options)
    {
        var work = Directory.CreateTempSubdirectory("crm-performance-").FullName;
        try
        {
            var program = options.Program ?? await PublishAsync(Path.Combine(work, "program"));
            var report = new Report();
            foreach (var size in options.Sizes)
            {
                await MeasureAsync(size, program, Path.Combine(work, size), options.Seconds, report);
            }

            Console.WriteLine(report);
            if (options.Out is not null)
            {
                await File.WriteAllTextAsync(options.Out, report.ToString());
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task MeasureAsync(string size, string program, string data, int seconds, Report report)
    {
        var printed = await RunAsync(program, "demo", "--size", size, "--data", data);
        var (email, password) = (AdminIn().Match(printed).Groups["value"].Value, PasswordIn().Match(printed).Groups["value"].Value);
        var database = Path.Combine(data, "crm.db");
        Task<RunningServer> BareAsync() => RunningServer.RunAsync(Environment.ProcessPath!, "/", port => ["bare", database, $"http://127.0.0.1:{port}"]);
        Task<RunningServer> CrmAsync() => RunningServer.RunAsync(program, "/sign-in", port =>
            ["serve", "--data", data, "--urls", $"http://127.0.0.1:{port}", "--Limits:Writes=0", "--Limits:Calls=0", "--Limits:Reads=0", "--Backups:Enabled=false"]);
        // In turns, and before any load: one start would pay for what the machine still has to do from before.
        List<double> starts = [], bareStarts = [];
        for (var i = 0; i < 3; i++)
        {
            starts.Add(await StartAsync(CrmAsync));
            bareStarts.Add(await StartAsync(BareAsync));
        }

        await using var bare = await BareAsync();
        await using var crm = await CrmAsync();
        var bareRead = Visitor.Request("GET", "/", "", "");
        var bareWrite = Visitor.Request("POST", "/", "Content-Type: application/x-www-form-urlencoded\r\n", $"task=7&body={Uri.EscapeDataString(Scenarios.Comment)}");
        Measured Bare(bool writes) => Load.Run(bare, 1, (_, _) => writes ? bareWrite : bareRead);
        // It too is measured when it is compiled.
        Load.Run(bare, seconds, (_, _) => bareRead);
        Load.Run(bare, seconds, (_, _) => bareWrite);
        using var visitor = await Visitor.SignInAsync(crm, email, password);
        var rows = new List<Row>();
        var scenarios = await Scenarios.OfAsync(database);
        // Once around before anything counts: the first pages would pay for what all pages need compiled.
        visitor.WantsAllAnew = true;
        foreach (var scenario in scenarios.Where(s => s.Kind == ScenarioKind.Reads))
        {
            Load.Run(crm, 1, (who, n) => scenario.Next(visitor, who, n));
        }

        foreach (var scenario in scenarios)
        {
            Console.Error.WriteLine($"{size}: {scenario.Name}");
            // The machine may be quicker or slower in a minute: the bare page is measured before and after each.
            var writes = scenario.Kind == ScenarioKind.Writes;
            var before = Bare(writes);
            visitor.WantsAllAnew = false;
            // A page is kept when it is asked for the second time: as it is, is when all of them have been.
            var usual = Load.Run(crm, seconds, (who, n) => scenario.Next(visitor, who, n), scenario.Paths.Count);
            visitor.WantsAllAnew = true;
            var (anew, looked) = scenario.Kind == ScenarioKind.Reads
                ? (Load.Run(crm, seconds, (who, n) => scenario.Next(visitor, who, n)), await visitor.LookAsync(scenario.Paths[0]))
                : ((Measured?)null, (Looked?)null);
            rows.Add(new Row(scenario, usual, anew, looked, [before, Bare(writes)]));
        }

        report.Add(size, crm, bare, (Middle(starts), Middle(bareStarts)), rows);
    }

    /// <returns>The seconds that it took.</returns>
    private static async Task<double> StartAsync(Func<Task<RunningServer>> serve)
    {
        await using var started = await serve();
        return started.Start.TotalSeconds;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<string> PublishAsync(string folder)
    {
        await RunAsync("dotnet", "publish", Path.Combine(Repository(), "Crm"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:RunAnalyzers=false", "-o", folder);
        return Path.Combine(folder, OperatingSystem.IsWindows() ? "Crm.exe" : "Crm");
    }

    /// <returns>What it printed.</returns>
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{output}");
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Crm.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("This is run from a checkout of the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"admin\s+(?<value>\S+)", RegexOptions.None, 1000)]
    private static partial Regex AdminIn();

    [GeneratedRegex(@"Password of all of them: (?<value>\S+)", RegexOptions.None, 1000)]
    private static partial Regex PasswordIn();
}
