using Crm.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data;

/// <summary>What a command needs of the program to open a data folder.</summary>
public static class CommandServices
{
    public static ServiceProvider For(DataFolder folder) =>
        new ServiceCollection().AddLogging().AddCrmData(folder).AddCrmAccounts(folder).BuildServiceProvider();

    /// <summary>
    /// Begins beside all else to make what all contexts of a process share: the services of EF Core, the compiled model, and how that
    /// lies in tables. Opens no database.
    /// </summary>
    public static void WarmModelAhead(DataFolder folder) => _ = Task.Run(async () =>
    {
        await using var services = For(folder);
        await using var scope = services.CreateAsyncScope();
        return scope.ServiceProvider.GetRequiredService<CrmDb>().Model.GetRelationalModel();
    });

    /// <summary>The migrations of this program, oldest first.</summary>
    public static IReadOnlyList<string> KnownMigrations(this IServiceProvider services)
    {
        using var scope = services.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<CrmDb>().Database.GetMigrations()];
    }
}
