using Crm.Accounts;
using Crm.Timeline;
using Crm.Webhooks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Backups;

/// <summary>Who restores, and by which way in. Stands in the history afterwards.</summary>
public sealed record Restorer(int? PersonId, Via Via);

/// <summary>
/// Puts a backup in the database's place. All that can go wrong with it goes wrong in a folder of its own; then the database
/// takes it over in one transaction.
/// </summary>
public sealed class Restoration(DataFolder folder, Snapshots snapshots)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Says what would change, after a quick look whether all is whole. Changes nothing.</summary>
    /// <exception cref="DatabaseRefusedException">The file is no backup that this program can restore.</exception>
    public RestorePreview Preview(string file, IReadOnlyList<string> known)
    {
        var applied = Require(file, known, isQuick: true);
        return RestorePreview.Of(IsReadable(known, isQuick: true) ? folder.Database : null, file, applied[^1], applied.Count < known.Count);
    }

    /// <summary>Refuses what is damaged, empty, newer or of another program.</summary>
    /// <returns>The migrations that were applied to it.</returns>
    public static IReadOnlyList<string> Require(string file, IReadOnlyList<string> known, bool isQuick = false)
    {
        var applied = DatabaseFile.Require(file, known);
        if (applied.Count == 0)
        {
            throw new DatabaseRefusedException($"{Path.GetFileName(file)} is empty.");
        }

        if (DatabaseFile.DamageOf(file, isQuick) is { } damage)
        {
            throw new DatabaseRefusedException($"{Path.GetFileName(file)} is damaged: {damage}");
        }

        using var connection = DatabaseFile.OpenToRead(file);
        return connection.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'") == 0
            ? applied
            : throw new DatabaseRefusedException($"{Path.GetFileName(file)} holds programs of its own (triggers or views), which no backup of this program does.");
    }

    /// <summary>
    /// All sessions end, and all mailed links are worthless: what was ended or used up after the backup was taken must not live again.
    /// </summary>
    /// <returns>The snapshot of how things were before; null when they were so damaged that they could only be put aside.</returns>
    public async Task<Snapshot?> RunAsync(string file, Restorer who, DateTime now, CancellationToken cancel)
    {
        var staged = new DataFolder(Path.Combine(folder.Root, $"restoring-{Guid.NewGuid():N}"));
        try
        {
            staged.Create();
            bool isReadable;
            await using (var services = CommandServices.For(staged))
            {
                var known = services.KnownMigrations();
                Require(file, known);
                DatabaseFile.Copy(file, staged.Database);
                isReadable = IsReadable(known);
                await MakeFitAsync(services, isReadable, who, now, cancel);
            }

            RequireWhole(staged.Database, isReadable);
            return PutInPlace(staged.Database, isReadable, now);
        }
        finally
        {
            Directory.Delete(staged.Root, recursive: true);
        }
    }

    /// <summary>A file can bear the name of each migration and still lack a table.</summary>
    private async Task MakeFitAsync(IServiceProvider services, bool isReadable, Restorer who, DateTime now, CancellationToken cancel)
    {
        try
        {
            await services.MigrateAsync(cancel);
            await PrepareAsync(services, isReadable, who, now, cancel);
        }
        catch (Exception e) when (e is SqliteException or DbUpdateException)
        {
            throw new DatabaseRefusedException($"The backup is not whole: {e.GetBaseException().Message} Nothing was changed.");
        }
    }

    private async Task PrepareAsync(IServiceProvider services, bool isReadable, Restorer who, DateTime now, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        await using var write = await db.BeginWriteAsync(cancel);
        var by = who.PersonId is { } id && await db.People.AnyAsync(p => p.Id == id, cancel) ? who.PersonId : null;
        scope.ServiceProvider.GetRequiredService<Actor>().ActAs(by, who.Via);
        await Sessions.EndEverybodysAsync(db, cancel);
        (await db.People.ToListAsync(cancel)).ForEach(person => person.ForgetLinks());
        await EndRevokedTokensAsync(db, isReadable, cancel);
        if (isReadable)
        {
            await KeepOutAsync(db, now, cancel);
        }

        await KeepStillAsync(db, now, cancel);
        db.Changes.Add(new Change { At = now, PersonId = by, Via = who.Via, Kind = nameof(Admin.Workspace), RecordId = 1, Field = "Backup", To = "restored" });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>Who may not come in any more stays out, and an invitation that was taken back stays so, whatever the backup says.</summary>
    private async Task KeepOutAsync(CrmDb db, DateTime now, CancellationToken cancel)
    {
        List<int> shutOut;
        List<string> open;
        using (var present = DatabaseFile.OpenToRead(folder.Database))
        {
            shutOut = [.. present.Column("SELECT CAST(Id AS TEXT) FROM People WHERE DisabledAt IS NOT NULL OR DeletedAt IS NOT NULL").Select(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture))];
            open = [.. present.Column("SELECT TokenHash FROM Invitations WHERE AcceptedAt IS NULL AND RevokedAt IS NULL")];
        }

        (await db.People.Where(p => shutOut.Contains(p.Id)).ToListAsync(cancel)).ForEach(person => person.Disable(now));
        (await db.Invitations.Where(i => i.AcceptedAt == null && !open.Contains(i.TokenHash)).ToListAsync(cancel)).ForEach(invitation => invitation.Revoke(now));
    }

    /// <summary>What waited when the backup was taken was sent since, and a copy that is tried out elsewhere must not speak for this one.</summary>
    private static async Task KeepStillAsync(CrmDb db, DateTime now, CancellationToken cancel)
    {
        const string Why = "A backup was restored.";
        (await db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.State == DeliveryState.Pending).ToListAsync(cancel)).ForEach(delivery => delivery.GiveUp(Why));
        (await db.Webhooks.ToListAsync(cancel)).ForEach(webhook => webhook.Pause(now, $"{Why} See that this webhook is as you want it, then resume it."));
    }

    /// <summary>A personal access token that was revoked after the backup was taken. Where that cannot be known, all are.</summary>
    private async Task EndRevokedTokensAsync(CrmDb db, bool isReadable, CancellationToken cancel)
    {
        HashSet<string> alive = [];
        if (isReadable)
        {
            using var present = DatabaseFile.OpenToRead(folder.Database);
            alive.UnionWith(present.Column("SELECT Hash FROM PersonalTokens"));
        }

        db.PersonalTokens.RemoveRange((await db.PersonalTokens.ToListAsync(cancel)).Where(t => !alive.Contains(t.Hash)));
    }

    /// <summary>A file can be a sound database and lack what this program asks for.</summary>
    private void RequireWhole(string staged, bool isReadable)
    {
        using var backup = DatabaseFile.OpenToRead(staged);
        if (backup.Column("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1") is [var table])
        {
            throw new DatabaseRefusedException($"The backup is not whole: rows of {table} belong to something that is not in it. Nothing was changed.");
        }

        if (!isReadable)
        {
            return;
        }

        const string Columns = "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        using var present = DatabaseFile.OpenToRead(folder.Database);
        if (present.Column(Columns).Except(backup.Column(Columns), StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw new DatabaseRefusedException($"The backup is not whole: it lacks {missing}. Nothing was changed.");
        }
    }

    private Snapshot? PutInPlace(string staged, bool isReadable, DateTime now)
    {
        if (!isReadable)
        {
            PutAside(now);
            DatabaseFile.Replace(folder.Database, staged);
            return null;
        }

        var before = snapshots.Take(SnapshotKind.BeforeRestore, now);
        DatabaseFile.Overwrite(folder.Database, staged, Patience);
        if (DatabaseFile.DamageOf(folder.Database) is { } damage)
        {
            DatabaseFile.Overwrite(folder.Database, before.Path, Patience);
            throw new DatabaseRefusedException($"The restored database turned out to be damaged ({damage}). It is again as it was before.");
        }

        return before;
    }

    private void PutAside(DateTime now)
    {
        foreach (var ending in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(folder.Database + ending))
            {
                File.Move(folder.Database + ending, Path.Combine(folder.Snapshots, $"damaged-{now:yyyyMMdd-HHmmss}{ending}"), overwrite: true);
            }
        }
    }

    private bool IsReadable(IReadOnlyList<string> known, bool isQuick = false)
    {
        try
        {
            return File.Exists(folder.Database) && DatabaseFile.Require(folder.Database, known).Count == known.Count && DatabaseFile.DamageOf(folder.Database, isQuick) is null;
        }
        catch (DatabaseRefusedException)
        {
            return false;
        }
    }
}
