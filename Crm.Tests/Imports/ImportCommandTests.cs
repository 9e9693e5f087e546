using System.CommandLine;
using System.Text.Json;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Imports;

public sealed class ImportCommandTests
{
    [Fact]
    public async Task With_json_it_prints_one_object_and_nothing_else()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Member");
        var admin = await host.AddPersonAsync("Inès Moreau", Role.Admin);

        var (code, output, errors) = await RunAsync(host, BoardJson.Read().ToJsonString(), "--json");

        Assert.Equal((0, ""), (code, errors));
        var printed = JsonDocument.Parse(output).RootElement;
        Assert.Equal(["projects", "tasks", "comments", "checklists", "people", "skipped"], printed.EnumerateObject().Select(p => p.Name));
        Assert.Equal([1, 6, 3, 1, 4], printed.EnumerateObject().Take(5).Select(p => p.Value.GetInt32()));
        Assert.Equal(1, printed.GetProperty("skipped").GetArrayLength());
        Assert.Equal(admin.Id, await host.ReadAsync(db => db.Projects.Select(p => p.OwnerId).SingleAsync()));
    }

    [Fact]
    public async Task Where_nobody_is_yet_the_boards_own_admin_owns_the_project()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);

        var (code, output, _) = await RunAsync(host, BoardJson.Read().ToJsonString());

        Assert.Equal(0, code);
        Assert.StartsWith("The board “Lantern walk” is in. New: projects 1, tasks 6,", output, StringComparison.Ordinal);
        Assert.Equal("Olu Ade", await host.ReadAsync(db => db.Projects.Select(p => p.Owner.Name).SingleAsync()));
    }

    [Theory]
    [InlineData("not json", "is not JSON")]
    [InlineData("{\"id\":\"x\",\"cards\":[", "cut short")]
    [InlineData("{\"hello\":1}", "no Trello board")]
    [InlineData("", "empty")]
    [InlineData(null, "There is no file")]
    public async Task A_refused_file_says_why_and_leaves_nothing(string? content, string why)
    {
        await using var host = await CrmHost.StartAsync();
        var before = await host.EverythingAsync();

        var (code, output, errors) = await RunAsync(host, content, "--json");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(why, errors, StringComparison.Ordinal);
        Assert.Equal(before, await host.EverythingAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Folder.Imports));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(CrmHost host, string? content, params string[] options)
    {
        var file = Path.Combine(host.Folder.Root, "board.json");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        }

        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var parsed = Program.Commands().Parse(["import", "trello", file, "--data", host.Folder.Root, .. options]);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
