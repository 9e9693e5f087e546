using System.CommandLine;
using Crm.Data;
using Crm.Web.Configuration;

namespace Crm.Web;

/// <summary>Runs a command so that whatever cannot be is said in a sentence.</summary>
public static class CommandLine
{
    /// <summary>
    /// Whoever ends the program waits no longer: what is still under way then is given up, as if the power had gone. A system that
    /// stops services by itself kills them after ten seconds.
    /// </summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(4.5);

    /// <summary>The exit code of a command that was ended by Ctrl-C, as shells have it.</summary>
    private const int Interrupted = 130;

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(RootCommand commands, string[] args, InvocationConfiguration? configuration = null)
    {
        configuration ??= new InvocationConfiguration { ProcessTerminationTimeout = LongestStop };
        configuration.EnableDefaultExceptionHandler = false;
        var parsed = commands.Parse(args);
        try
        {
            if (Slip(parsed) is { } words)
            {
                await configuration.Error.WriteLineAsync(words);
                return 1;
            }

            return await parsed.InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            // To end is what a program that serves is told, and nothing went wrong.
            if (IsServing(parsed))
            {
                return 0;
            }

            await configuration.Error.WriteLineAsync("Stopped before it was done.");
            return Interrupted;
        }
        catch (DatabaseRefusedException refused)
        {
            await configuration.Error.WriteLineAsync(refused.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || ErrorHandling.StatusOf(e) == StatusCodes.Status503ServiceUnavailable)
        {
            await configuration.Error.WriteLineAsync($"The data folder or something in it cannot be used: {e.Message}");
        }

        return 1;
    }

    private static bool IsServing(ParseResult parsed) => parsed.CommandResult.Command is RootCommand or ServeCommand;

    /// <summary>To serve takes settings, which are judged with all others. Nothing else takes more than it says.</summary>
    private static string? Slip(ParseResult parsed) =>
        !IsServing(parsed) && parsed.CommandResult.Command is var command && parsed.UnmatchedTokens is [var word, ..]
            ? $"'{command.Name}' takes no '{word}'.{KnownSettings.Guess(word, command.Options.Select(o => o.Name).Append(CommonOptions.Data.Name))} '{command.Name} --help' lists what it takes."
            : null;
}
