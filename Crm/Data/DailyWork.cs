using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data;

/// <summary>
/// Something that is done once a day. Register with <c>AddDailyWork</c>. Whoever throws something away asks what a wrong clock would
/// destroy: what ends early (sessions, receipts) may go by the clock alone, what is history may not.
/// </summary>
public sealed record DailyTask(string Name, Func<CrmDb, DateTime, CancellationToken, Task> RunAsync);

/// <summary>Runs every <see cref="DailyTask"/> some minutes after the start and then once a day, by time passed and not by the clock.</summary>
public sealed partial class DailyWork(IServiceScopeFactory scopes, IEnumerable<DailyTask> tasks, Jobs jobs, TimeProvider time, ILogger<DailyWork> log) : BackgroundService
{
    private const string Name = "Daily work";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    /// <summary>Runs them all, now. What fails is tried again the next day and keeps nothing else from running.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        List<string> failed = [];
        foreach (var task in tasks)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await task.RunAsync(scope.ServiceProvider.GetRequiredService<CrmDb>(), time.GetUtcNow().UtcDateTime, cancel);
            }
            catch (Exception e) when (e is SqliteException or DbUpdateException or IOException)
            {
                Failed(e, task.Name);
                failed.Add($"{task.Name}: {e.Message}");
            }
        }

        jobs.Ran(Name, Pause, failed.Count > 0 ? string.Join(' ', failed) : null);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        jobs.Waits(Name, FirstPause);
        await Task.Delay(FirstPause, time, stoppingToken);
        while (true)
        {
            await RunAsync(stoppingToken);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The daily work “{Name}” failed. It is tried again tomorrow.")]
    private partial void Failed(Exception exception, string name);
}

public static class DailyTasks
{
    public static IServiceCollection AddDailyWork(this IServiceCollection services, string name, Func<CrmDb, DateTime, CancellationToken, Task> run) =>
        services.AddSingleton(new DailyTask(name, run));
}
