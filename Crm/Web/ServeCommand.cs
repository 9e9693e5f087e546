using System.CommandLine;
using Crm.Data;
using Microsoft.Data.Sqlite;

namespace Crm.Web;

/// <summary><c>serve</c>, which is also what happens without any command: opens the data folder and answers requests.</summary>
public sealed class ServeCommand : Command
{
    /// <summary>
    /// More than the half minute in which the host lets requests end. After the two seconds that the command line gives by itself
    /// they would be cut off.
    /// </summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(40);

    public ServeCommand()
        : base("serve", "Serve the workspace (the default). Settings such as --urls http://127.0.0.1:8080 go to the host.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var errors = parsed.InvocationConfiguration.Error;
        // What begins with no dash is no setting: most likely a command with a slip in it.
        if (parsed.UnmatchedTokens is [var word, ..] && !word.StartsWith('-'))
        {
            await errors.WriteLineAsync($"There is no command '{word}'. --help lists those that there are.");
            return 1;
        }

        var folder = DataFolder.Find(parsed.GetValue(CommonOptions.Data));
        using var held = FolderLock.Take(folder, "Only one at a time can serve it: stop the other one first, or name another folder with --data.");
        WebApplication app;
        try
        {
            app = Program.Build(folder, [.. parsed.UnmatchedTokens]);
        }
        catch (SettingException exception)
        {
            await errors.WriteLineAsync($"{exception.Message} Nothing was started.");
            return 1;
        }

        if (NetworkFolder.Objection(folder, app.Configuration) is { } objection)
        {
            await errors.WriteLineAsync(objection.Words);
            if (objection.IsRefused)
            {
                return 1;
            }
        }

        try
        {
            await app.MigrateAsync(held, cancel);
        }
        catch (SqliteException exception)
        {
            await errors.WriteLineAsync($"The database in {folder.Root} cannot be opened: {exception.Message} Nothing was started.");
            return 1;
        }

        await app.RunAsync(cancel);
        return 0;
    }
}
