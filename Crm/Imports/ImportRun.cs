using Crm.Data;
using Crm.Imports.Trello;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports;

/// <summary>One import from its start, or from where it was stopped, to its end.</summary>
public sealed class ImportRun(CrmDb db, BoardImport import, ImportFiles files, TimeProvider time, ILogger<ImportRun> log)
{
    private const int Tries = 5;

    public async Task RunAsync(int id, CancellationToken cancel)
    {
        var job = await db.Imports.AsNoTracking().FirstOrDefaultAsync(j => j.Id == id, cancel);
        if (job?.State != ImportState.Running)
        {
            return;
        }

        try
        {
            var report = await ImportAsync(id, await BoardFile.ReadAsync(files.PathOf(job.StoredAs), cancel), cancel);
            await EndAsync(id, j => j.Finish(report, Now), cancel);
        }
        catch (ImportRefusedException refused)
        {
            await EndAsync(id, j => j.Fail(refused.Message, Now), cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogError(e, "Import {Id} failed", id);
            await EndAsync(id, j => j.Fail("Something went wrong on our side. What came in so far is kept; upload the file again to go on.", Now), cancel);
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<ImportReport> ImportAsync(int id, Board board, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var job = await db.Imports.AsNoTracking().FirstAsync(j => j.Id == id, cancel);
                var start = job.ReadReport() is { } report ? (job.Done, report) : default((int, ImportReport)?);
                return await import.RunAsync(board, job.StartedById, job.ReadChoices(), start, (done, soFar) => ReachAsync(id, done, soFar, cancel), cancel);
            }
            catch (Exception e) when (tries < Tries && ErrorHandling.StatusOf(e) == StatusCodes.Status503ServiceUnavailable)
            {
                // Others write; each try waits for them.
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Within the import's own transaction, so that what is done and what is said to be done never differ.</summary>
    private async Task ReachAsync(int id, int done, ImportReport report, CancellationToken cancel)
    {
        var job = await db.Imports.FirstAsync(j => j.Id == id, cancel);
        job.Reach(done, report);
        await db.SaveChangesAsync(cancel);
    }

    private async Task EndAsync(int id, Action<ImportJob> end, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        await using var write = await db.BeginWriteAsync(cancel);
        var job = await db.Imports.FirstAsync(j => j.Id == id, cancel);
        // Its end may be saved and the disk have failed just after: what came in does not fail by that.
        if (job.State == ImportState.Running)
        {
            end(job);
            await db.SaveChangesAsync(cancel);
        }

        await write.CommitAsync(cancel);
        files.Remove(job.StoredAs);
    }
}
