using System.Diagnostics;
using System.Net;
using Crm.Data.Backups;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Crm.Tests.Data.Backups;

/// <summary>A script stands in for Litestream, and tells through a named pipe what becomes of it.</summary>
public sealed class ReplicationTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-test-");

    [Fact]
    public async Task Litestream_runs_while_the_program_does_and_is_asked_to_end_with_it()
    {
        await using (var host = await StartAsync("""
            trap 'kill $!; echo ended > "$here/last"; exit 0' TERM
            echo "$@" > "$here/told"
            sleep 1000 & wait
            """))
        {
            Assert.Equal($"replicate {host.Folder.Database} s3://bucket/crm\n", await ReadAsync("told"));
        }

        Assert.Equal("ended\n", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "last"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_ends_after_everything_that_still_writes()
    {
        await using var host = await CrmHost.StartAsync();

        var ours = host.Services.GetServices<IHostedService>().Where(s => s.GetType().Assembly == typeof(Replication).Assembly);

        Assert.IsType<Replication>(ours.First());
        Assert.False(host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ServicesStopConcurrently);
    }

    [Fact]
    public async Task One_that_ends_by_itself_is_started_again()
    {
        await using var host = await StartAsync("""
            echo started > "$here/told"
            exit 1
            """);

        Assert.Equal("started\n", await ReadAsync("told"));
        var again = ReadAsync("told");
        while (!again.IsCompleted)
        {
            host.Time.Advance(Replication.Pause);
            await Task.Yield();
        }

        Assert.Equal("started\n", await again);
    }

    [Fact]
    public async Task A_program_that_is_not_there_keeps_nobody_from_working()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => Use(builder, "s3://bucket/crm", "/no/such/litestream"));
        using var visitor = await host.VisitAsync();

        Assert.Equal("ok\n", (await visitor.GetAsync("/healthz")).Text);
        using var admin = (await host.SignInAsync()).Browser;
        while (host.Services.GetRequiredService<Replication>().Failure is null)
        {
            await Task.Yield();
        }

        var ready = await admin.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.OK, ready.Status);
        Assert.Contains("replication: degraded. Litestream cannot be started. The database is not replicated; it is tried again.", ready.Text, StringComparison.Ordinal);
        Assert.Contains("Litestream cannot be started.", (await admin.GetAsync("/system")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_place_to_replicate_to_nothing_is_started()
    {
        await using (await StartAsync("""echo started > "$here/last" """, replica: ""))
        {
        }

        Assert.False(File.Exists(Path.Combine(_folder.FullName, "last")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<CrmHost> StartAsync(string script, string replica = "s3://bucket/crm")
    {
        var program = Path.Combine(_folder.FullName, "litestream");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nhere='{_folder.FullName}'\n{script}\n");
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "chmod 500 litestream && mkfifo told"]) { WorkingDirectory = _folder.FullName })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await CrmHost.StartAsync(configure: builder => Use(builder, replica, program));
    }

    private static void Use(WebApplicationBuilder builder, string replica, string program) =>
        (builder.Configuration["Litestream:Replica"], builder.Configuration["Litestream:Program"]) = (replica, program);

    /// <summary>Waits until somebody writes.</summary>
    private Task<string> ReadAsync(string pipe) =>
        Task.Run(() => File.ReadAllText(Path.Combine(_folder.FullName, pipe)), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
}
