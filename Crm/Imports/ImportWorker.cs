using Crm.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports;

/// <summary>Runs imports in the background. Those that ran when the program ended go on when it starts again.</summary>
public sealed class ImportWorker(IServiceScopeFactory scopes, ImportQueue queue, ImportFiles files, Jobs jobs, ILogger<ImportWorker> log) : BackgroundService
{
    private const string Name = "Imports";

    /// <summary>Nobody comes back to a preview after this long.</summary>
    private static readonly TimeSpan PreviewLifetime = TimeSpan.FromDays(14);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // On another thread: the first page need not wait for it.
        await Task.Run(() => SweepAsync(cancellationToken), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        jobs.Waits(Name, null);
        await foreach (var id in queue.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<ImportRun>().RunAsync(id, stoppingToken);
                jobs.Ran(Name, null);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The job stays as it is and is tried again at the next start.
                log.LogError(e, "Import {Id} could not be ended", id);
                jobs.Ran(Name, null, $"Import {id} could not be ended, and is tried again at the next start.");
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var old = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime - PreviewLifetime;
        try
        {
            await db.Imports.Where(j => j.State == ImportState.Previewed && j.CreatedAt < old).ExecuteDeleteAsync(cancellationToken);
        }
        catch (SqliteException)
        {
            // A database that cannot be written just now can still be read: the next start tidies up.
        }

        var open = await db.Imports.Where(j => j.State == ImportState.Previewed || j.State == ImportState.Running).OrderBy(j => j.Id)
            .Select(j => new { j.Id, j.State, j.StoredAs }).ToListAsync(cancellationToken);
        files.Sweep(open.Select(j => j.StoredAs).ToHashSet(StringComparer.Ordinal));
        open.Where(j => j.State == ImportState.Running).ToList().ForEach(j => queue.Add(j.Id));
    }
}
