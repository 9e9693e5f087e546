using Crm.Accounts;
using Microsoft.EntityFrameworkCore.Design;

namespace Crm.Data;

/// <summary>Lets <c>dotnet ef</c> see the model as the program does, without starting it.</summary>
public sealed class DesignTimeDb : IDesignTimeDbContextFactory<CrmDb>
{
    public CrmDb CreateDbContext(string[] args)
    {
        var folder = new DataFolder(Path.GetTempPath());
        return new ServiceCollection().AddLogging().AddCrmData(folder).AddCrmAccounts(folder).BuildServiceProvider().GetRequiredService<CrmDb>();
    }
}
