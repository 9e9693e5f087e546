using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using Crm.Data;
using Crm.Web.Configuration;
using Microsoft.Data.Sqlite;

namespace Crm.Web;

/// <summary><c>serve</c>, which is also what happens without any command: opens the data folder and answers requests.</summary>
public sealed class ServeCommand : Command
{
    /// <summary>A thread that waits for the disk answers nobody. A small machine's few processors would all do so at times.</summary>
    private const int LeastThreads = 4;

    public ServeCommand()
        : base("serve", "Serve the workspace (the default). Any setting can be given as --NAME=VALUE.")
    {
        Options.Add(CommonOptions.Urls);
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

        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, LeastThreads), ports);
        var folder = DataFolder.Find(parsed.GetValue(CommonOptions.Data));
        CommandServices.WarmModelAhead(folder);
        WebApplication app;
        try
        {
            app = Program.Build(folder, [.. parsed.UnmatchedTokens, .. parsed.GetValue(CommonOptions.Urls) is { } urls ? [$"--urls={urls}"] : Array.Empty<string>()]);
        }
        catch (SettingException exception)
        {
            await errors.WriteLineAsync($"{exception.Message}{Environment.NewLine}Nothing was started.");
            return 1;
        }

        using var held = FolderLock.Take(folder, "Only one at a time can serve it: stop the other one first, or name another folder with --data.");
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

        return await RunAsync(app, errors, cancel);
    }

    private static async Task<int> RunAsync(WebApplication app, TextWriter errors, CancellationToken cancel)
    {
        await using var running = app;
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or InvalidOperationException or CryptographicException or FormatException)
        {
            // What had begun in the background is ended in order, and complains of nothing.
            await app.StopAsync(CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
            await errors.WriteLineAsync($"It cannot listen as urls, Kestrel and the ports say: {e.Message.TrimEnd('.')}. Nothing was started.");
            return 1;
        }

        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}
