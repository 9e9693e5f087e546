using Crm.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data;

/// <summary>What a command needs of the program to open a data folder.</summary>
public static class CommandServices
{
    public static ServiceProvider For(DataFolder folder) =>
        new ServiceCollection().AddLogging().AddCrmData(folder).AddCrmAccounts(folder).BuildServiceProvider();

    /// <summary>
    /// Begins to build the model beside all else: it takes a third of a start, and all contexts of a process share it. Who needs it
    /// waits for it. Opens no database.
    /// </summary>
    public static void BuildModelAhead(DataFolder folder) => _ = Task.Run(async () =>
    {
        await using var services = For(folder);
        await using var scope = services.CreateAsyncScope();
        return scope.ServiceProvider.GetRequiredService<CrmDb>().Model;
    });

    /// <summary>The migrations of this program, oldest first.</summary>
    public static IReadOnlyList<string> KnownMigrations(this IServiceProvider services)
    {
        using var scope = services.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<CrmDb>().Database.GetMigrations()];
    }
}
