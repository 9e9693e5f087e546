using Crm.Accounts;
using Crm.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Host;

/// <summary>A database with all tables and no rows, migrated once and copied for each test.</summary>
internal static class EmptyDatabase
{
    private static readonly Lazy<Task<byte[]>> Bytes = new(MakeAsync);

    public static async Task CopyToAsync(string file) => await File.WriteAllBytesAsync(file, await Bytes.Value);

    private static async Task<byte[]> MakeAsync()
    {
        var folder = new DataFolder(Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}"));
        folder.Create();
        await using (var services = new ServiceCollection().AddLogging().AddCrmData(folder).AddCrmAccounts(folder).BuildServiceProvider())
        await using (var scope = services.CreateAsyncScope())
        {
            await Migrator.MigrateAsync(scope.ServiceProvider.GetRequiredService<CrmDb>(), folder, DateTime.UtcNow);
        }

        var bytes = await File.ReadAllBytesAsync(folder.Database);
        Directory.Delete(folder.Root, recursive: true);
        return bytes;
    }
}
