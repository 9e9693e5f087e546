using System.CommandLine;
using Crm.Admin;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary><c>user add</c>: lets somebody in without a browser.</summary>
public sealed class UserCommand : Command
{
    public UserCommand()
        : base("user", "Look after accounts.")
    {
        Subcommands.Add(Add());
    }

    private static Command Add()
    {
        var email = new Option<string>("--email") { Required = true, Description = "The address that they sign in with." };
        var name = new Option<string>("--name") { Required = true, Description = "What they are called." };
        var role = new Option<string>("--role") { DefaultValueFactory = _ => "member", Description = "What they may do." };
        role.AcceptOnlyFromAmong("admin", "member", "client");
        var fromInput = new Option<bool>("--password-stdin") { Required = true, Description = "Take the password from the first line of the standard input." };
        var add = new Command("add", "Add somebody who can sign in.") { email, name, role, fromInput };
        // The library takes a switch that is not given for one that is off.
        add.Validators.Add(given =>
        {
            if (!given.GetValue(fromInput))
            {
                given.AddError("Option '--password-stdin' is required.");
            }
        });
        add.SetAction(async (parsed, cancel) =>
        {
            var account = new NewAccount(Typed.Line(parsed.GetValue(name)), Typed.Line(parsed.GetValue(email)), Enum.Parse<Role>(parsed.GetValue(role)!, ignoreCase: true));
            var refusal = await RunAsync(DataFolder.Find(parsed.GetValue(CommonOptions.Data)), account, () => Console.In.ReadLineAsync(cancel), cancel);
            var (writer, words) = refusal is null
                ? (parsed.InvocationConfiguration.Output, $"{account.Name} can sign in as {account.Email}, as {account.Role.ToString().ToLowerInvariant()}.")
                : (parsed.InvocationConfiguration.Error, refusal);
            await writer.WriteLineAsync(words);
            return refusal is null ? 0 : 1;
        });
        return add;
    }

    /// <param name="password">Asked for when the database is known to be good: a person may have to type it.</param>
    /// <returns>Why nothing was done, or null.</returns>
    internal static async Task<string?> RunAsync(DataFolder folder, NewAccount account, Func<ValueTask<string?>> password, CancellationToken cancel)
    {
        if (account.Mistake is { } mistake)
        {
            return mistake;
        }

        try
        {
            await using var services = new ServiceCollection().AddLogging().AddCrmData(folder).AddCrmAccounts(folder).BuildServiceProvider();
            await services.MigrateAsync(cancel);
            await using var scope = services.CreateAsyncScope();
            return await AddAsync(scope.ServiceProvider, account, await password() ?? "", cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || ErrorHandling.StatusOf(e) == StatusCodes.Status503ServiceUnavailable)
        {
            return $"The database in {folder.Root} is busy or cannot be written. Nothing was changed.";
        }
    }

    private static async Task<string?> AddAsync(IServiceProvider services, NewAccount account, string password, CancellationToken cancel)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var person = Person.Register(account.Name, account.Email, account.Role, now);
        if (await services.GetRequiredService<Passwords>().SetAsync(person, password) is { } refusal)
        {
            return refusal;
        }

        var db = services.GetRequiredService<CrmDb>();
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await db.Workspaces.AnyAsync(cancel))
        {
            if (account.Role != Role.Admin)
            {
                return "Nobody has set the workspace up yet, so the first person must be an admin: add --role admin.";
            }

            db.Workspaces.Add(Workspace.SetUp("Crm", "UTC", now));
        }

        if (!(await services.GetRequiredService<UserManager<Person>>().CreateAsync(person)).Succeeded)
        {
            return $"{account.Email} has an account already.";
        }

        await write.CommitAsync(cancel);
        return null;
    }
}

/// <summary>An account as the command line describes it.</summary>
public sealed record NewAccount(string Name, string Email, Role Role)
{
    /// <summary>What is wrong with it, or null.</summary>
    public string? Mistake =>
        new LineAttribute(Person.NameLength) { Required = true }.Check(Name, "The name")
        ?? new LineAttribute(Person.EmailLength) { Required = true }.Check(Email, "The e-mail")
        ?? (EmailAttribute.IsAddress(Email) ? null : $"{Email} is not an e-mail address.");
}
