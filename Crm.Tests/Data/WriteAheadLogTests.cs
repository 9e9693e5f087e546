using System.Net;
using Crm.Data;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data;

/// <summary>A write is answered when it is on the disk, and holds up no other meanwhile.</summary>
public sealed class WriteAheadLogTests
{
    [Fact]
    public async Task Who_waits_for_the_disk_lets_the_next_one_write()
    {
        using var disk = new SlowDisk();
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Services.AddSingleton(disk.Log));
        var ines = await host.AddPersonAsync("Inès Moreau");
        disk.Stop();

        var first = Task.Run(() => RenameAsync(host, ines.Id, "Inès Martin"), TestContext.Current.CancellationToken);
        await disk.Asked;
        var second = RenameAsync(host, ines.Id, "Inès Dubois");
        await host.ReadAsync(async db =>
        {
            // The third turn: it comes when the second has ended, so both have committed and neither is done.
            await using var write = await db.BeginWriteAsync();
            Assert.Equal("Inès Dubois", await db.People.Where(p => p.Id == ines.Id).Select(p => p.Name).SingleAsync());
            return write.TransactionId;
        });

        Assert.Equal((false, false), (first.IsCompleted, second.IsCompleted));
        disk.GoOn();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task One_flush_does_for_all_who_came_during_another()
    {
        using var disk = new SlowDisk();
        disk.Stop();
        var first = Task.Run(disk.Log.FlushAsync, TestContext.Current.CancellationToken);
        await disk.Asked;
        var others = Enumerable.Range(0, 5).Select(_ => disk.Log.FlushAsync()).ToList();
        Assert.DoesNotContain(others, other => other.IsCompleted);

        disk.GoOn();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, disk.Flushes);
    }

    [Fact]
    public async Task When_the_disk_fails_the_answer_says_that_all_is_saved_but_maybe_not_for_good_and_writing_goes_on()
    {
        using var disk = new SlowDisk();
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Services.AddSingleton(disk.Log));
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        await browser.TokenAsync();
        disk.Fail = true;

        var refused = await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "Hello"));
        disk.Fail = false;
        var next = await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "Hello again"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The server's disk has failed"), (refused.Status, refused.TextOf("h1")));
        Assert.Equal(HttpStatusCode.Found, next.Status);
        Assert.Equal(["Hello", "Hello again"], await host.ReadAsync(db => db.Interactions.OrderBy(i => i.Id).Select(i => i.Body).ToListAsync()));
    }

    [Fact]
    public async Task The_log_beside_the_database_is_what_is_flushed()
    {
        var folder = new DataFolder(Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}"));
        using var log = new WriteAheadLog(folder);
        Directory.CreateDirectory(folder.Database + "-wal");

        await Assert.ThrowsAsync<NotFlushedException>(log.FlushAsync);
        Directory.Delete(folder.Database + "-wal");
        // SQLite has deleted it after all of it was written into the database.
        await log.FlushAsync();

        Directory.Delete(folder.Root);
    }

    private static Task<bool> RenameAsync(CrmHost host, int id, string name) => host.ReadAsync(async db =>
    {
        await using var write = await db.BeginWriteAsync();
        (await db.People.SingleAsync(p => p.Id == id)).Rename(name);
        await db.SaveChangesAsync();
        await write.CommitAsync();
        return true;
    });

    /// <summary>Takes as long as it is told to.</summary>
    private sealed class SlowDisk : IDisposable
    {
        private readonly ManualResetEventSlim _goes = new(true);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowDisk() => Log = new WriteAheadLog(Flush);

        public WriteAheadLog Log { get; }

        public Task Asked => _asked.Task.WaitAsync(TimeSpan.FromMinutes(1));

        public int Flushes { get; private set; }

        public bool Fail { get; set; }

        public void Stop() => _goes.Reset();

        public void GoOn() => _goes.Set();

        public void Dispose()
        {
            GoOn();
            Log.Dispose();
            _goes.Dispose();
        }

        private void Flush()
        {
            if (!_goes.IsSet)
            {
                _asked.TrySetResult();
                _goes.Wait();
            }

            Flushes++;
            if (Fail)
            {
                throw new IOException("The disk is broken.");
            }
        }
    }
}
