using Crm.Data;
using Crm.Data.Backups;
using Crm.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data.Backups;

public sealed class BackupScheduleTests
{
    private static readonly DateTime Monday = new(2026, 6, 1, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0, null)]
    [InlineData(0.9, null)]
    [InlineData(1, SnapshotKind.Hourly)]
    [InlineData(24, SnapshotKind.Daily)]
    [InlineData(24 * 7, SnapshotKind.Weekly)]
    [InlineData(24 * 400, SnapshotKind.Weekly)]
    [InlineData(-24 * 400, SnapshotKind.Weekly)]
    public void What_is_due_depends_on_how_far_the_clock_is_from_the_last(double hours, SnapshotKind? due) =>
        Assert.Equal(due, BackupSchedule.Due([new Snapshot("1", 1, SnapshotKind.Weekly, Monday, 1)], Monday.AddHours(hours)));

    [Fact]
    public async Task A_clock_that_jumps_ahead_and_back_deletes_none_of_the_last_good_ones()
    {
        await using var host = await CrmHost.StartAsync();
        var snapshots = host.Services.GetRequiredService<Snapshots>();
        foreach (var days in new[] { 0, 1, 400, 400, 2, 3, -400 })
        {
            snapshots.Take(SnapshotKind.Daily, host.Now.AddDays(days));
        }

        snapshots.Take(SnapshotKind.Daily, host.Now.AddDays(4));

        // Seven are kept: the oldest by number went, whatever their dates say.
        Assert.Equal([8L, 7, 6, 5, 4, 3, 2], snapshots.All().Select(s => s.Number));
        Assert.All(snapshots.All(), snapshot => Assert.Null(DatabaseFile.DamageOf(snapshot.Path)));
    }

    [Fact]
    public void Hour_by_hour_for_three_weeks_the_days_and_weeks_are_kept_longer()
    {
        List<Snapshot> all = [];
        for (var hour = 0; hour < 24 * 21; hour++)
        {
            if (BackupSchedule.Due(all, Monday.AddHours(hour)) is { } kind)
            {
                all.Insert(0, new Snapshot($"{hour}", hour, kind, Monday.AddHours(hour), 1));
            }
        }

        Assert.Equal((3, 18, 24 * 21 - 21), (all.Count(s => s.Kind == SnapshotKind.Weekly), all.Count(s => s.Kind == SnapshotKind.Daily), all.Count(s => s.Kind == SnapshotKind.Hourly)));
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_taken_costs_none_of_the_others_and_is_said_to_admins()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        var schedule = host.Services.GetRequiredService<BackupSchedule>();
        Assert.True(schedule.TakeWhatIsDue());
        host.Time.Advance(TimeSpan.FromHours(2));
        var first = host.Services.GetRequiredService<Snapshots>().All().Single();
        // A folder where the copy would be written.
        Directory.CreateDirectory(Path.Combine(host.Folder.Snapshots, Snapshot.NameOf(first.Number + 1, SnapshotKind.Hourly, host.Now) + ".part", "x"));

        Assert.False(schedule.TakeWhatIsDue());

        Assert.Equal(first, host.Services.GetRequiredService<Snapshots>().All().Single());
        Assert.Contains("The backups need looking after", (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains("backups: degraded. The last verified one was taken at 2026-06-01 09:00 UTC.", (await browser.GetAsync("/readyz")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_said_from_the_start()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(folder, "no folder", TestContext.Current.CancellationToken);

        await using var host = await CrmHost.StartAsync(configure: builder =>
            (builder.Configuration["Backups:Enabled"], builder.Configuration["Backups:Folder"]) = ("true", folder));
        var (browser, _) = await host.SignInAsync();

        Assert.Contains("backups: degraded.", (await browser.GetAsync("/readyz")).Text, StringComparison.Ordinal);
        Assert.Contains("The backups need looking after", (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
        var refused = await browser.PostAsync("/backups?handler=Take");
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("No backup could be taken: The folder", refused.Text, StringComparison.Ordinal);
        Assert.Contains($"They lie in the folder {folder} of the server.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("no folder", await File.ReadAllTextAsync(folder, TestContext.Current.CancellationToken));
        File.Delete(folder);
    }
}
