using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Timeline;
using Crm.Web;

namespace Crm.Admin;

/// <summary>Hands out a snapshot as a file, and writes down who took it away.</summary>
public sealed class BackupDownload(CrmDb db, Actor actor, TimeProvider time, Snapshots snapshots)
{
    /// <param name="name">One of those that are there; a fresh one when not given.</param>
    /// <returns>Null when there is none of this name.</returns>
    public async Task<Download?> OpenAsync(string? name, HttpResponse response, CancellationToken cancel)
    {
        if (name is not null && snapshots.Named(name) is null)
        {
            return null;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var passing = Path.Combine(snapshots.Folder, $".download-{Guid.NewGuid():N}");
        await Task.Run(() => DatabaseFile.Copy(name is null ? snapshots.Database : snapshots.Named(name)!.Path, passing), cancel);
        var content = new FileStream(passing, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        response.RegisterForDispose(content);
        db.Changes.Add(new Change { At = now, PersonId = actor.PersonId, Via = actor.Via, Kind = nameof(Workspace), RecordId = 1, Field = "Backup", To = "downloaded" });
        await db.SaveChangesAsync(cancel);
        return new Download(content, name ?? $"crm-{now:yyyyMMdd-HHmmss}.db", "application/vnd.sqlite3");
    }
}
