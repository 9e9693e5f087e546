using Crm.Tests.Performance.Bare;

namespace Crm.Tests.Performance;

/// <summary>Measures the release build. With <c>bare</c>, serves the page that everything is compared with.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["bare", var database, var url])
        {
            await BareServer.RunAsync(database, url);
            return 0;
        }

        if (Options.Read(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(Options.Help);
            return 1;
        }

        await Benchmark.RunAsync(options);
        return 0;
    }
}
