using System.CommandLine;
using Crm.Data;

namespace Crm.Web;

/// <summary><c>serve</c>, which is also what happens without any command: opens the data folder and answers requests.</summary>
public sealed class ServeCommand : Command
{
    public ServeCommand()
        : base("serve", "Serve the workspace (the default).")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, cancel) => RunAsync(DataFolder.Find(parsed.GetValue(CommonOptions.Data)), [.. parsed.UnmatchedTokens], cancel));
    }

    internal static async Task<int> RunAsync(DataFolder folder, string[] args, CancellationToken cancel)
    {
        var app = Program.Build(folder, args);
        await app.MigrateAsync(cancel);
        await app.RunAsync(cancel);
        return 0;
    }
}
