using Crm.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data;

/// <summary>What a command needs of the program to open a data folder.</summary>
public static class CommandServices
{
    public static ServiceProvider For(DataFolder folder) =>
        new ServiceCollection().AddLogging().AddCrmData(folder).AddCrmAccounts(folder).BuildServiceProvider();

    /// <summary>The migrations of this program, oldest first.</summary>
    public static IReadOnlyList<string> KnownMigrations(this IServiceProvider services)
    {
        using var scope = services.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<CrmDb>().Database.GetMigrations()];
    }
}
