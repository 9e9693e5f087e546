using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Crm.Admin;

/// <summary>The snapshots of the database: taken now, downloaded, and brought in from elsewhere.</summary>
[Needs(Right.RunWorkspace)]
[CountsAs(RequestKind.Heavy)]
[Cacheable(typeof(BackupState))]
public sealed class BackupListModel(Clock clock, Snapshots snapshots, BackupState state, BackupDownload download, IOptions<BackupSettings> settings) : CrmPage
{
    public IReadOnlyList<Snapshot> All { get; private set; } = [];

    public DateTime? LastAt { get; private set; }

    public string? Failure { get; private set; }

    public bool NeedsCare { get; private set; }

    /// <summary>Null for the data folder.</summary>
    public string? Place => settings.Value.Folder is null ? null : snapshots.Folder;

    public bool IsScheduled => settings.Value.Enabled;

    public string? Error { get; private set; }

    public void OnGet() => Load();

    public async Task<IActionResult> OnPostTakeAsync(CancellationToken cancel)
    {
        try
        {
            var taken = await Task.Run(() => snapshots.Take(SnapshotKind.Manual, clock.Now), cancel);
            state.Succeeded();
            Say($"The backup is taken and verified: {Snapshots.Bytes(taken.Bytes)}.");
            return Go("/backups");
        }
        catch (Exception e) when (e is DatabaseRefusedException or SqliteException || Disk.IsUnwritable(e))
        {
            state.Failed(e.Message);
            return Refuse($"No backup could be taken: {e.Message}");
        }
    }

    /// <param name="name">One of the list; a fresh one when not given.</param>
    [AskAgain]
    public async Task<IActionResult> OnPostDownloadAsync(string? name, CancellationToken cancel)
    {
        return await download.OpenAsync(name, Response, cancel) is { } content ? content : NotFound();
    }

    private PageResult Refuse(string words)
    {
        Error = words;
        Load();
        return Invalid();
    }

    private void Load() => (All, LastAt, Failure, NeedsCare) = (snapshots.All(), state.LastAt, state.Failure, state.NeedsCare);
}
