using System.CommandLine;
using Crm.Data;
using Crm.Tests.Host;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Data.Backups;

public sealed class BackupCommandTests
{
    [Fact]
    public async Task A_backup_is_one_whole_file_taken_while_somebody_writes()
    {
        await using var host = await CrmHost.StartAsync();
        var (_, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me);
        var file = Path.Combine(host.Folder.Root, "copy.db");
        int code;
        string output;

        await using (var write = await host.WriteAsync())
        {
            (code, output, _) = await RunAsync(host.Folder, file);
        }

        Assert.Equal(0, code);
        Assert.Contains("verified", output, StringComparison.Ordinal);
        Assert.Null(DatabaseFile.DamageOf(file));
        using var copy = DatabaseFile.OpenToRead(file);
        Assert.Equal(("Museum", "delete"), (copy.Scalar<string>("SELECT Name FROM Projects"), copy.Scalar<string>("PRAGMA journal_mode")));
        Assert.Equal(["copy.db"], Directory.GetFiles(host.Folder.Root, "copy*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_only_when_told_so()
    {
        await using var host = await CrmHost.StartAsync();
        var file = Path.Combine(host.Folder.Root, "copy.db");
        await File.WriteAllTextAsync(file, "precious", TestContext.Current.CancellationToken);

        var (refused, _, errors) = await RunAsync(host.Folder, file);
        Assert.Equal("precious", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var (forced, _, _) = await RunAsync(host.Folder, file, "--force");

        Assert.Equal((1, 0), (refused, forced));
        Assert.Contains("--force", errors, StringComparison.Ordinal);
        Assert.Null(DatabaseFile.DamageOf(file));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("nowhere/copy.db")]
    [InlineData("crm.db")]
    [InlineData("snapshots")]
    [InlineData("/proc/copy.db")]
    public async Task Where_no_backup_can_be_it_is_refused_with_a_sentence(string file)
    {
        await using var host = await CrmHost.StartAsync();

        var (code, output, errors) = await RunAsync(host.Folder, file == "-" ? file : Path.Combine(host.Folder.Root, file), "--force");

        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith(".\n", errors, StringComparison.Ordinal);
        Assert.Equal("Northlight Studio", await host.ReadAsync(db => db.Workspaces.Select(w => w.Name).SingleAsync()));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(DataFolder folder, params string[] words)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        var code = await CommandLine.RunAsync(Program.Commands(), ["backup", .. words, "--data", folder.Root], new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
