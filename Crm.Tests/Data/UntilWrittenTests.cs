using Crm.Data;
using Crm.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data;

public sealed class UntilWrittenTests
{
    [Fact]
    public async Task What_was_made_of_the_database_is_known_until_anything_is_written_or_the_minute_is_over()
    {
        await using var host = await CrmHost.StartAsync();
        var known = new UntilWritten<string>(host.Services.GetRequiredService<DataVersion>(), 10);
        List<string?> found = [];
        foreach (var change in new Func<Task>[] { () => Task.CompletedTask, () => host.AddPersonAsync("Tom Baker"), () => Later(host) })
        {
            known.Keep(known.Moment!.Value, "who", "Inès", 1);
            await change();
            found.Add(known.Find(known.Moment!.Value, "who"));
        }

        Assert.Equal(["Inès", null, null], found);
    }

    [Fact]
    public async Task When_it_is_full_it_begins_anew()
    {
        await using var host = await CrmHost.StartAsync();
        var known = new UntilWritten<string>(host.Services.GetRequiredService<DataVersion>(), 10);
        var moment = known.Moment!.Value;

        known.Keep(moment, "one", "1", 4);
        known.Keep(moment, "two", "2", 6);
        var before = (known.Find(moment, "one"), known.Find(moment, "two"));
        known.Keep(moment, "three", "3", 1);

        Assert.Equal(("1", "2"), before);
        Assert.Equal((null, null, "3"), (known.Find(moment, "one"), known.Find(moment, "two"), known.Find(moment, "three")));
    }

    [Fact]
    public void Nothing_is_known_of_a_database_that_is_not_there()
    {
        var folder = new DataFolder(Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}"));
        using var versions = new DataVersion(folder, TimeProvider.System);

        Assert.Null(versions.Current);
        Assert.False(File.Exists(folder.Database));
    }

    private static Task Later(CrmHost host)
    {
        host.Time.Advance(TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }
}
