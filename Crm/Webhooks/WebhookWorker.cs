using Crm.Data;
using Microsoft.Data.Sqlite;

namespace Crm.Webhooks;

/// <summary>Has everything sent when it is due. Where there is no webhook it sleeps until there is one.</summary>
public sealed partial class WebhookWorker(WebhookSender sender, Subscriptions subscriptions, Jobs jobs, TimeProvider time, ILogger<WebhookWorker> log) : BackgroundService
{
    private const string Name = "Webhooks";

    /// <summary>Another program, such as an import at the command line, may have put something into the outbox.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // On another thread: the first page need not wait for it.
        await Task.Run(HasAny, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await subscriptions.WaitAsync(await StartAsync(), time, stoppingToken);
            }
        }
        finally
        {
            await sender.FinishAsync();
        }

        async Task<TimeSpan?> StartAsync()
        {
            try
            {
                TimeSpan? pause = HasAny() is not false ? Sleep(await sender.StartDueAsync(stoppingToken)) : null;
                jobs.Ran(Name, pause);
                return pause;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e);
                jobs.Ran(Name, LongestSleep, e.Message);
                return LongestSleep;
            }
        }
    }

    private TimeSpan Sleep(DateTime? next)
    {
        var wait = next is { } at ? at - time.GetUtcNow().UtcDateTime : LongestSleep;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestSleep ? wait : LongestSleep;
    }

    /// <summary>Null when the database cannot be read just now.</summary>
    private bool? HasAny()
    {
        try
        {
            return subscriptions.Active.Count > 0;
        }
        catch (SqliteException e)
        {
            Failed(e);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The outbox of webhooks cannot be read. It is tried again in a minute.")]
    private partial void Failed(Exception exception);
}
