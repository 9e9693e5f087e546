using System.CommandLine;
using Crm.Accounts;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Demo;

public enum DemoSize
{
    Small,
    Team,
    Large,
}

/// <summary><c>demo --size small|team|large</c>: fills an empty database, the same each time but for days, which count from today.</summary>
public sealed class DemoCommand : Command
{
    private readonly Option<string> _size = new("--size")
    {
        Description = "small: a studio to look around in; team: 50 people, 200 projects, 50,000 tasks, 120,000 interactions and 80,000 changes; large: ten times that.",
        DefaultValueFactory = _ => "small",
    };

    public DemoCommand()
        : base("demo", "Fill an empty database with a demonstration, and print who may sign in.")
    {
        _size.AcceptOnlyFromAmong(["small", "team", "large"]);
        Options.Add(_size);
        SetAction((parsed, cancel) => RunAsync(
            Enum.Parse<DemoSize>(parsed.GetValue(_size)!, ignoreCase: true),
            DataFolder.Find(parsed.GetValue(CommonOptions.Data)),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancel));
    }

    private static async Task<int> RunAsync(DemoSize size, DataFolder folder, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        await using var services = new ServiceCollection().AddLogging().AddCrmData(folder).AddCrmAccounts(folder).BuildServiceProvider();
        try
        {
            await services.MigrateAsync(cancel);
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
            var accounts = new DemoAccounts(services.GetRequiredService<Microsoft.AspNetCore.Identity.IPasswordHasher<Person>>());
            if (!await FillAsync(db, size, accounts, services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, cancel))
            {
                await errors.WriteLineAsync($"The database in {folder.Root} holds something already. The demonstration needs an empty one: name another folder with --data.");
                return 1;
            }

            await output.WriteLineAsync(accounts.ToString());
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || ErrorHandling.StatusOf(e) == StatusCodes.Status503ServiceUnavailable)
        {
            await errors.WriteLineAsync($"The database in {folder.Root} is busy or cannot be written. Nothing was changed.");
            return 1;
        }
    }

    /// <returns>False if the database holds anything.</returns>
    internal static async Task<bool> FillAsync(CrmDb db, DemoSize size, DemoAccounts accounts, DateTime now, CancellationToken cancel)
    {
        await using (var write = await db.BeginWriteAsync(cancel))
        {
            if (await db.People.AnyAsync(cancel) || await db.Workspaces.AnyAsync(cancel) || await db.Projects.IgnoreQueryFilters().AnyAsync(cancel))
            {
                return false;
            }

            await (size == DemoSize.Small ? SmallDemo.FillAsync(db, accounts, now, cancel) : new Crowd(db, accounts, now).FillAsync(size == DemoSize.Team ? 1 : 10, cancel));
            await write.CommitAsync(cancel);
        }

        await db.PlanAnewAsync(cancel);
        return true;
    }
}
