using System.CommandLine;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Tests.Host;
using Crm.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data.Checks;

public sealed class CheckCommandTests
{
    [Fact]
    public async Task Everything_that_is_wrong_is_said_with_what_to_do_and_without_anybodys_words()
    {
        await using var host = await CrmHost.StartAsync();
        var (_, me) = await host.SignInAsync();
        var museum = await host.AddProjectAsync("Museum", me, ("Ask the harbour master", me, 0));
        var harbour = await host.AddProjectAsync("Harbour", me);
        var (before, sound, _) = await RunAsync(host);
        using (var database = DatabaseFile.OpenToWrite(host.Folder.Database))
        {
            DatabaseFile.Run(database, $"""
                PRAGMA foreign_keys=0;
                UPDATE Projects SET SortName = 'behind' WHERE Id = {museum.Id};
                INSERT INTO Interactions (Kind, ProjectId, TaskId, AuthorId, Audience, Body, CreatedAt, Version) SELECT 0, {harbour.Id}, Id, {me.Id}, 0, 'Strayed', '2026-06-01', 1 FROM Tasks;
                DELETE FROM ProjectMembers WHERE ProjectId = {harbour.Id};
                INSERT INTO ProjectMembers VALUES (999, {me.Id});
                """);
        }

        await File.WriteAllTextAsync(Path.Combine(host.Folder.Imports, "nobodys"), "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(host.Folder.Snapshots, Snapshot.NameOf(1, SnapshotKind.Manual, host.Now)), "x", TestContext.Current.CancellationToken);
        var (code, output, _) = await RunAsync(host);

        Assert.True(before == 0, sound);
        Assert.Contains("is sound", sound, StringComparison.Ordinal);
        Assert.Equal(1, code);
        foreach (var words in new[] { "1 projects cannot be found by their name", "Run 'check --mend'", "1 comments stand in one project and on a task of another", "1 projects have an owner who is no member", "1 rows of ProjectMembers belong to a row of Projects", "belong to no import", "is damaged" })
        {
            Assert.Contains(words, output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Strayed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Museum", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mending_rebuilds_the_search_index_and_nothing_else()
    {
        await using var host = await CrmHost.StartAsync();
        var (_, me) = await host.SignInAsync();
        await host.AddProjectAsync("Élan", me, ("Überblick", me, 0));
        await host.ReadAsync(db => db.Projects.ExecuteUpdateAsync(p => p.SetProperty(x => x.SortName, "behind")));
        await host.ReadAsync(db => db.Tasks.ExecuteUpdateAsync(t => t.SetProperty(x => x.SortTitle, "behind")));

        var (code, output, _) = await RunAsync(host, "--mend");

        Assert.Equal(0, code);
        Assert.Contains("2 names were indexed anew", output, StringComparison.Ordinal);
        Assert.Equal(("Élan", "elan", 1), await host.ReadAsync(db => db.Projects.Select(p => ValueTuple.Create(p.Name, p.SortName, p.Version)).SingleAsync()));
        Assert.Equal(("Überblick", "uberblick"), await host.ReadAsync(db => db.Tasks.Select(t => ValueTuple.Create(t.Title, t.SortTitle)).SingleAsync()));
    }

    [Fact]
    public async Task A_folder_without_a_database_is_no_sound_one_and_is_left_alone()
    {
        var folder = new DataFolder(Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}"));

        using StringWriter output = new();
        var code = await CommandLine.RunAsync(Program.Commands(), ["check", "--data", folder.Root], new InvocationConfiguration { Output = output });

        Assert.Equal(1, code);
        Assert.Contains("There is no database", output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Root));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(CrmHost host, params string[] words)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        var code = await CommandLine.RunAsync(Program.Commands(), ["check", .. words, "--data", host.Folder.Root], new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
