using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>Takes a backup in and leads to what restoring it would change. Checks the form's token by itself, because the form is never held in memory.</summary>
[Needs(Right.RunWorkspace)]
[AskAgain]
[IgnoreAntiforgeryToken]
[ReadsItsForm]
[CountsAs(RequestKind.Upload)]
[RequestSizeLimit(Largest)]
public sealed class BackupUploadPageModel(CrmDb db, Snapshots snapshots, BackupUpload upload, Clock clock) : CrmPage
{
    /// <summary>The disk's free room is the limit that counts.</summary>
    private const long Largest = 64L * 1024 * 1024 * 1024;

    public string? Error { get; private set; }

    public void OnGet()
    {
        // Where the question who it is leads back to.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var passing = Path.Combine(snapshots.Folder, $".upload-{Guid.NewGuid():N}");
        try
        {
            await upload.ReceiveAsync(HttpContext, passing, cancel);
            var kept = await Task.Run(() => Keep(passing), cancel);
            return Go($"/backups/{kept.Name}");
        }
        catch (DatabaseRefusedException refused)
        {
            Error = refused.Message.Replace(passing, "The file", StringComparison.Ordinal).Replace(Path.GetFileName(passing), "The file", StringComparison.Ordinal);
            return Invalid();
        }
        finally
        {
            foreach (var ending in new[] { "", "-journal", "-wal", "-shm" })
            {
                Disk.TryDelete(passing + ending);
            }
        }
    }

    private Snapshot Keep(string file)
    {
        Restoration.Require(file, [.. db.Database.GetMigrations()]);
        return snapshots.Keep(file, SnapshotKind.Uploaded, clock.Now);
    }
}
