using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Crm.Data.Backups;

/// <summary>Takes a snapshot each hour; the first of a day and of a week are kept for longer.</summary>
public sealed partial class BackupSchedule(
    Snapshots snapshots, BackupState state, KeyFiles keys, IOptions<BackupSettings> settings, Jobs jobs, TimeProvider time, ILogger<BackupSchedule> log) : BackgroundService
{
    private const string Name = "Whether a backup is due";

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMinutes(10);

    /// <summary>
    /// What is to be taken now, if anything. A clock that was moved, forwards or back, makes everything due once and nothing
    /// for ever.
    /// </summary>
    /// <param name="all">Those that are there, the last one first.</param>
    public static SnapshotKind? Due(IReadOnlyList<Snapshot> all, DateTime now)
    {
        bool Is(TimeSpan after, params SnapshotKind[] kinds) =>
            all.FirstOrDefault(s => kinds.Contains(s.Kind)) is not { } last || (now - last.At).Duration() >= after;

        return Is(TimeSpan.FromDays(7), SnapshotKind.Weekly) ? SnapshotKind.Weekly
            : Is(TimeSpan.FromDays(1), SnapshotKind.Weekly, SnapshotKind.Daily) ? SnapshotKind.Daily
            : Is(TimeSpan.FromHours(1), SnapshotKind.Weekly, SnapshotKind.Daily, SnapshotKind.Hourly) ? SnapshotKind.Hourly
            : null;
    }

    /// <returns>False when something that was due could not be taken.</returns>
    public bool TakeWhatIsDue() => Try(() =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (Due(snapshots.All(), now) is { } kind)
        {
            snapshots.Take(kind, now);
            state.Succeeded();
        }
    });

    /// <summary>A folder that cannot be used is said at once, not when the first snapshot is due.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Value.Enabled)
        {
            Try(snapshots.MakeFolder);
        }

        return base.StartAsync(cancellationToken);
    }

    private bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception e) when (e is DatabaseRefusedException or SqliteException or IOException or UnauthorizedAccessException)
        {
            state.Failed(e.Message);
            NotTaken(e.Message);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Step;
        jobs.Waits(Name, pause);
        while (true)
        {
            await Task.Delay(pause, time, stoppingToken);
            keys.WriteWaiting();
            pause = !settings.Value.Enabled || await Task.Run(TakeWhatIsDue, stoppingToken) ? Step : RestAfterFailure;
            jobs.Ran(Name, pause, state.Failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "No snapshot could be taken: {Why} Those from before are kept.")]
    private partial void NotTaken(string why);
}
