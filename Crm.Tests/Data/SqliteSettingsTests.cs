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
                await db.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(),
                await db.Database.SqlQuery<int>($"SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync()));

            // 2 is FULL.
            Assert.Equal((2, 1), (synchronous, foreignKeys));
        }
    }
}
