using System.CommandLine;
using System.Text.Json;
using Crm.Accounts;
using Crm.Data;
using Crm.Imports.Trello;
using Crm.Web;

namespace Crm.Imports;

/// <summary><c>import trello FILE</c>: brings real work in without a browser.</summary>
public sealed class ImportCommand : Command
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public ImportCommand()
        : base("import", "Bring work in from elsewhere.")
    {
        Subcommands.Add(Trello());
    }

    private static Command Trello()
    {
        var file = new Argument<string>("FILE") { Description = "The board, as Trello's \"Export as JSON\" gives it." };
        var json = new Option<bool>("--json") { Description = "Print what this run has made as one JSON object and nothing else; all zeros if everything was here already." };
        var trello = new Command("trello", "Bring a Trello board in as a project. The same file again changes nothing; a newer export brings what is new.") { file, json };
        trello.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(file)!,
            parsed.GetValue(json),
            DataFolder.Find(parsed.GetValue(CommonOptions.Data)),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancel));
        return trello;
    }

    private static async Task<int> RunAsync(string file, bool asJson, DataFolder folder, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            var board = await BoardFile.ReadAsync(file, cancel);
            await using var services = new ServiceCollection().AddLogging().AddCrmData(folder).AddCrmAccounts(folder).AddCrmImports().BuildServiceProvider();
            await services.MigrateAsync(cancel);
            await using var scope = services.CreateAsyncScope();
            var import = scope.ServiceProvider.GetRequiredService<BoardImport>();
            var report = await import.RunAsync(board, importerId: null, new Dictionary<string, int>(StringComparer.Ordinal), cancel: cancel);
            await output.WriteLineAsync(asJson ? Json(report) : Sentences(board, report));
            return 0;
        }
        catch (ImportRefusedException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || ErrorHandling.StatusOf(e) == StatusCodes.Status503ServiceUnavailable)
        {
            await errors.WriteLineAsync($"The database in {folder.Root} is busy or cannot be written. Run the command again: it goes on where it stopped.");
            return 1;
        }
    }

    private static string Json(ImportReport report) => JsonSerializer.Serialize(
        new { report.Counts.Projects, report.Counts.Tasks, report.Counts.Comments, report.Counts.Checklists, report.Counts.People, report.Skipped },
        Plain);

    private static string Sentences(Board board, ImportReport report)
    {
        var made = report.Counts;
        var first = made == new ImportCounts()
            ? $"The board “{board.Name}” is here already. Nothing has changed."
            : $"The board “{board.Name}” is in. New: projects {made.Projects}, tasks {made.Tasks}, comments {made.Comments}, checklists {made.Checklists}, people {made.People}. Updated: {made.Updated}.";
        return string.Join(Environment.NewLine, report.Skipped.Select(s => "- " + s).Prepend(first));
    }
}
