using System.CommandLine;
using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Tests.Host;
using Crm.Timeline;
using Crm.Web;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data.Backups;

public sealed class RestorationTests
{
    [Fact]
    public async Task Restoring_brings_back_what_was_and_lets_nobody_in_who_was_shut_out_since()
    {
        await using var host = await CrmHost.StartAsync();
        var (_, me) = await host.SignInAsync();
        var tom = await host.AddPersonAsync("Tom Baker");
        await host.AddProjectAsync("Museum", me);
        await host.SaveAsync(db => db.Invitations.Add(Invitation.Create("hash", Role.Member, null, null, null, me.Id, host.Now)));
        var backup = host.Services.GetRequiredService<Snapshots>().Take(SnapshotKind.Manual, host.Now);
        host.Time.Advance(TimeSpan.FromHours(2));
        await host.AddProjectAsync("Harbour", me);
        await host.ReadAsync(db => db.People.Where(p => p.Id == tom.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.DisabledAt, host.Now)));
        await host.ReadAsync(db => db.Invitations.ExecuteUpdateAsync(i => i.SetProperty(x => x.RevokedAt, host.Now)));

        var (refused, preview, _) = await RunAsync(host.Folder, backup.Path);
        Assert.Equal(2, await host.ReadAsync(db => db.Projects.CountAsync()));
        var (code, _, errors) = await RunAsync(host.Folder, backup.Path, "--yes");

        Assert.Equal((1, 0, ""), (refused, code, errors));
        Assert.Matches(@"Projects +2 +1 +1  2026-06-01 11:00 → 2026-06-01 09:00", preview);
        Assert.Equal(["Museum"], await host.ReadAsync(db => db.Projects.Select(p => p.Name).ToListAsync()));
        Assert.Equal(0, await host.ReadAsync(db => db.Sessions.CountAsync()));
        Assert.NotEqual(me.SecurityStamp, (await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == me.Id))).SecurityStamp);
        Assert.NotNull((await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == tom.Id))).DisabledAt);
        Assert.NotNull((await host.ReadAsync(db => db.Invitations.SingleAsync())).RevokedAt);
        Assert.Equal("restored", (await host.ReadAsync(db => db.Changes.SingleAsync(c => c.Field == "Backup"))).To);
        var before = host.Services.GetRequiredService<Snapshots>().All()[0];
        using var kept = DatabaseFile.OpenToRead(before.Path);
        Assert.Equal((SnapshotKind.BeforeRestore, 2L), (before.Kind, kept.Scalar<long>("SELECT count(*) FROM Projects")));
        Assert.Empty(Directory.GetDirectories(host.Folder.Root, "restoring-*"));
    }

    [Fact]
    public async Task A_backup_of_an_older_version_is_migrated_before_it_is_put_in_place()
    {
        await using var host = await CrmHost.StartAsync();
        var old = new DataFolder(Path.Combine(host.Folder.Root, "old"));
        old.Create();
        await using var services = CommandServices.For(old);
        await using var scope = services.CreateAsyncScope();
        var first = services.KnownMigrations()[0];
        await scope.ServiceProvider.GetRequiredService<CrmDb>().GetService<IMigrator>().MigrateAsync(first, TestContext.Current.CancellationToken);

        var (code, output, errors) = await RunAsync(host.Folder, old.Database, "--yes");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains($"in the shape of {first}, and would be brought to this version's", output, StringComparison.Ordinal);
        Assert.Empty(await host.ReadAsync(db => db.Database.GetPendingMigrationsAsync()));
        Assert.Equal(0, await host.ReadAsync(db => db.Workspaces.CountAsync()));
    }

    [Fact]
    public async Task A_damaged_database_is_put_aside_and_the_backup_put_in_its_place()
    {
        await using var host = await CrmHost.StartAsync();
        var folder = new DataFolder(Path.Combine(host.Folder.Root, "damaged"));
        folder.Create();
        await File.WriteAllTextAsync(folder.Database, "SQLite format 3\0 and then nothing of the kind", TestContext.Current.CancellationToken);
        var backup = host.Services.GetRequiredService<Snapshots>().Take(SnapshotKind.Manual, host.Now);

        var (code, output, errors) = await RunAsync(folder, backup.Path, "--yes");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("cannot be read by this version, and would be put aside", output, StringComparison.Ordinal);
        Assert.Matches(@"Projects +\? +0 +\? ", output);
        Assert.Contains($"could not be read by this version, and lies in {folder.Snapshots}.", output, StringComparison.Ordinal);
        using var restored = DatabaseFile.OpenToRead(folder.Database);
        Assert.Equal(("Northlight Studio", "wal"), (restored.Scalar<string>("SELECT Name FROM Workspace"), restored.Scalar<string>("PRAGMA journal_mode")));
        Assert.Single(Directory.GetFiles(folder.Snapshots, "damaged-*"));
    }

    [Fact]
    public async Task Into_an_empty_folder_a_backup_is_put_as_it_is()
    {
        await using var host = await CrmHost.StartAsync();
        var folder = new DataFolder(Path.Combine(host.Folder.Root, "new"));
        folder.Create();
        var backup = host.Services.GetRequiredService<Snapshots>().Take(SnapshotKind.Manual, host.Now);

        var (code, output, errors) = await RunAsync(folder, backup.Path, "--yes");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("There is no database here yet.", output, StringComparison.Ordinal);
        Assert.Contains("Restored. There was no database here before.", output, StringComparison.Ordinal);
        using var restored = DatabaseFile.OpenToRead(folder.Database);
        Assert.Equal("Northlight Studio", restored.Scalar<string>("SELECT Name FROM Workspace"));
        Assert.Empty(Directory.GetFiles(folder.Snapshots));
    }

    [Theory]
    [InlineData("text", "is no database")]
    [InlineData("empty", "is empty")]
    [InlineData("cut", "damaged")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON Projects BEGIN DELETE FROM Projects; END", "programs of its own")]
    [InlineData("CREATE VIEW v AS SELECT 1", "programs of its own")]
    [InlineData("INSERT INTO __EFMigrationsHistory VALUES ('20991231000000_Tomorrow', '20')", "newer version")]
    [InlineData("DROP TABLE Ratings", "lacks Ratings.")]
    [InlineData("DROP TABLE Changes", "not whole")]
    [InlineData("PRAGMA foreign_keys=0; INSERT INTO ProjectMembers VALUES (7, 7)", "not whole")]
    public async Task What_is_no_sound_backup_is_refused_and_nothing_changes(string deed, string words)
    {
        await using var host = await CrmHost.StartAsync();
        var file = Path.Combine(host.Folder.Root, "copy.db");
        DatabaseFile.Copy(host.Folder.Database, file);
        Spoil(file, deed);

        var (code, _, errors) = await RunAsync(host.Folder, file, "--yes");

        Assert.Equal(1, code);
        Assert.Contains(words, errors, StringComparison.Ordinal);
        Assert.Equal("Northlight Studio", await host.ReadAsync(db => db.Workspaces.Select(w => w.Name).SingleAsync()));
        Assert.Empty(host.Services.GetRequiredService<Snapshots>().All());
        Assert.Empty(Directory.GetDirectories(host.Folder.Root, "restoring-*"));
    }

    [Fact]
    public async Task While_a_server_runs_nothing_is_restored_beside_it()
    {
        await using var host = await CrmHost.StartAsync();
        var backup = host.Services.GetRequiredService<Snapshots>().Take(SnapshotKind.Manual, host.Now);
        await host.SaveAsync(db => db.People.Add(Person.Register("Tom Baker", "tom@example.com", Role.Member, host.Now)));
        using var held = FolderLock.TryTake(host.Folder);

        var (code, _, errors) = await RunAsync(host.Folder, backup.Path, "--yes");

        Assert.Equal(1, code);
        Assert.Contains("Another program is running", errors, StringComparison.Ordinal);
        Assert.Equal(1, await host.ReadAsync(db => db.People.CountAsync()));
    }

    private static void Spoil(string file, string deed)
    {
        switch (deed)
        {
            case "text":
                File.WriteAllText(file, "<html>Not found</html>");
                break;
            case "empty":
                File.WriteAllText(file, "");
                break;
            case "cut":
                using (var stream = new FileStream(file, FileMode.Open))
                {
                    stream.SetLength(stream.Length / 2);
                }

                break;
            default:
                using (var connection = DatabaseFile.OpenToWrite(file))
                {
                    DatabaseFile.Run(connection, deed);
                }

                break;
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(DataFolder folder, params string[] words)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        var code = await CommandLine.RunAsync(Program.Commands(), ["restore", .. words, "--data", folder.Root], new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
