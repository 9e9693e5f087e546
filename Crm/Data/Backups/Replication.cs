using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Crm.Data.Backups;

/// <summary>
/// Runs Litestream beside the program while <c>Litestream:Replica</c> says where to, and starts it again when it ends. What it
/// writes goes to the program's own output.
/// </summary>
internal sealed partial class Replication(DataFolder folder, IOptions<ReplicationSettings> settings, Jobs jobs, TimeProvider time, ILogger<Replication> log) : BackgroundService
{
    private const string Name = "Replication";

    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>True when a setting says where to.</summary>
    public bool IsWanted => settings.Value.Replica is { Length: > 0 };

    /// <summary>Why nothing is replicated at the moment; null when it is, and until the first try has failed.</summary>
    public string? Failure { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.Value.Replica is { Length: > 0 } replica)
        {
            await RunAsync(replica, stoppingToken);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task RunAsync(string replica, CancellationToken stop)
    {
        try
        {
            using var litestream = Process.Start(new ProcessStartInfo(settings.Value.Program, ["replicate", folder.Database, replica]))!;
            await using (stop.Register(() => End(litestream)))
            {
                // It replicates the last writes before it ends.
                var end = litestream.WaitForExitAsync(CancellationToken.None);
                if (await Task.WhenAny(end, Task.Delay(Pause, time, stop)) != end)
                {
                    Failure = null;
                    jobs.Ran(Name, null);
                }

                await end;
            }

            if (!stop.IsCancellationRequested)
            {
                Ended(litestream.ExitCode);
                Fail($"Litestream ended with {litestream.ExitCode}.");
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            NotStarted(settings.Value.Program, e.Message);
            Fail("Litestream cannot be started.");
        }
    }

    private void Fail(string reason)
    {
        Failure = $"{reason} The database is not replicated; it is tried again.";
        jobs.Ran(Name, Pause, Failure);
    }

    private static void End(Process process)
    {
        const int Terminate = 15;
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            _ = Kill(process.Id, Terminate);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    [LoggerMessage(LogLevel.Error, "Litestream ended with {Code}: the database is not replicated. It is started again.")]
    private partial void Ended(int code);

    [LoggerMessage(LogLevel.Error, "{Program} cannot be started ({Reason}): the database is not replicated.")]
    private partial void NotStarted(string program, string reason);
}
