using Crm.Data;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Data;

public sealed class SqliteSettingsTests
{
    [Fact]
    public async Task A_connection_that_is_used_again_still_loses_no_write_and_keeps_what_belongs_together()
    {
        await using var host = await CrmHost.StartAsync();
        for (var use = 0; use < 3; use++)
        {
            var (synchronous, foreignKeys) = await host.ReadAsync(async db => (
                await LevelAsync(db),
                await db.Database.SqlQuery<int>($"SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync()));

            Assert.Equal((2, 1), (synchronous, foreignKeys));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SQLite_leaves_the_flushing_to_the_queue_in_its_turns_alone(bool commits)
    {
        await using var host = await CrmHost.StartAsync();

        var levels = await host.ReadAsync(async db =>
        {
            await using (var write = await db.BeginWriteAsync())
            {
                var within = await LevelAsync(db);
                await (commits ? write.CommitAsync() : Task.CompletedTask);
                return (within, AfterCommit: commits ? await LevelAsync(db) : 2);
            }
        });

        Assert.Equal((1, 2), levels);
        // The same connection, which the next one gets.
        Assert.Equal(2, await host.ReadAsync(LevelAsync));
    }

    /// <summary>1 is NORMAL, 2 is FULL.</summary>
    private static Task<int> LevelAsync(CrmDb db) => db.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync();
}
