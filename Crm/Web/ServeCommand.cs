using System.CommandLine;
using Crm.Data;
using Microsoft.Data.Sqlite;

namespace Crm.Web;

/// <summary><c>serve</c>, which is also what happens without any command: opens the data folder and answers requests.</summary>
public sealed class ServeCommand : Command
{
    public ServeCommand()
        : base("serve", "Serve the workspace (the default). Settings such as --urls http://127.0.0.1:8080 go to the host.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        // What begins with no dash is no setting: most likely a command with a slip in it.
        if (parsed.UnmatchedTokens is [var word, ..] && !word.StartsWith('-'))
        {
            await Console.Error.WriteLineAsync($"There is no command '{word}'. --help lists those that there are.");
            return 1;
        }

        WebApplication app;
        try
        {
            app = Program.Build(DataFolder.Find(parsed.GetValue(CommonOptions.Data)), [.. parsed.UnmatchedTokens]);
        }
        catch (SettingException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} Nothing was started.");
            return 1;
        }

        try
        {
            await app.MigrateAsync(cancel);
        }
        catch (SqliteException exception)
        {
            await Console.Error.WriteLineAsync($"The database cannot be brought to the shape that this version needs: {exception.Message} Nothing was started.");
            return 1;
        }

        await app.RunAsync(cancel);
        return 0;
    }
}
