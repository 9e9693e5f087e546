using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;

namespace Crm.Admin;

/// <summary>The snapshots of the database over the API. They are restored on their page or by the command, where somebody sees first what that changes.</summary>
public static class BackupsApi
{
    public static void MapBackups(this RouteGroupBuilder api)
    {
        var backups = api.MapGroup("/backups").WithTags("Backups");
        backups.MapGet("", List).WithName("listBackups");
        backups.MapPost("", TakeAsync).WithName("createBackup");
        backups.MapGet("/{name}", Get).WithName("getBackup");
        backups.MapGet("/{name}/content", DownloadAsync).WithName("downloadBackup")
            .Produces(StatusCodes.Status200OK, contentType: "application/vnd.sqlite3");
    }

    /// <summary>List backups</summary>
    /// <remarks>The one that was taken last comes first. They are restored on the page “Backups” or by the command <c>restore</c>, which show first what that changes.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static Listed<BackupResource> List(Snapshots snapshots) => new(new Slice<BackupResource>([.. snapshots.All().Select(BackupResource.Of)], null));

    /// <summary>Take a backup</summary>
    /// <remarks>Now. It is opened and verified before it counts as one.</remarks>
    [Needs(Right.RunWorkspace)]
    [CountsAs(RequestKind.Heavy)]
    internal static async Task<Results<Made<BackupResource>, Refusal>> TakeAsync(Snapshots snapshots, BackupState state, [AsParameters] Call call)
    {
        try
        {
            var now = call.Clock.Now;
            var taken = await Task.Run(() => snapshots.Take(SnapshotKind.Manual, now), call.Cancel);
            state.Succeeded();
            return new Made<BackupResource>(BackupResource.Of(taken), null, $"{ApiRoutes.Prefix}/backups/{taken.Name}");
        }
        catch (Exception e) when (e is DatabaseRefusedException or SqliteException || Disk.IsUnwritable(e))
        {
            state.Failed(e.Message);
            return new Refusal(StatusCodes.Status422UnprocessableEntity, $"No backup could be taken: {e.Message}");
        }
    }

    /// <summary>Get a backup</summary>
    /// <remarks>What is known of it without opening it.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static Results<Tagged<BackupResource>, Refusal> Get(string name, Snapshots snapshots) =>
        snapshots.Named(name) is { } snapshot ? new Tagged<BackupResource>(BackupResource.Of(snapshot)) : Refusal.NotFound;

    /// <summary>Download a backup</summary>
    /// <remarks>The whole database as a file. Needs a proof of who the caller is from within the last ten minutes, and is written down in the history.</remarks>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    [CountsAs(RequestKind.Heavy)]
    internal static async Task<IResult> DownloadAsync(string name, HttpResponse response, BackupDownload download, [AsParameters] Call call) =>
        await download.OpenAsync(name, response, call.Cancel) ?? (IResult)Refusal.NotFound;
}

/// <summary>A copy of the whole database in one file.</summary>
/// <param name="Name">Names it in addresses.</param>
/// <param name="Kind">Why it was taken.</param>
/// <param name="At">When the clock said that it was taken.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record BackupResource(string Name, SnapshotKind Kind, DateTime At, long Bytes)
{
    internal static BackupResource Of(Snapshot snapshot) => new(snapshot.Name, snapshot.Kind, snapshot.At, snapshot.Bytes);
}
