using System.CommandLine;
using Crm.Data.Backups;
using Microsoft.Data.Sqlite;

namespace Crm.Data.Checks;

/// <summary><c>check</c>: looks at the whole data folder and says what to do about what it finds. May run beside the server.</summary>
public sealed class CheckCommand : Command
{
    private readonly Option<bool> _mend = new("--mend") { Description = "Rebuild the search index. Nothing else is changed." };

    public CheckCommand()
        : base("check", "Check the database and the data folder, and say what to do.")
    {
        Options.Add(_mend);
        SetAction(async (parsed, _) =>
        {
            var (folder, output) = (DataFolder.Find(parsed.GetValue(CommonOptions.Data)), parsed.InvocationConfiguration.Output);
            await using var services = CommandServices.For(folder);
            if (parsed.GetValue(_mend))
            {
                await output.WriteLineAsync($"{Mend(folder, services.KnownMigrations())} names were indexed anew.");
            }

            var findings = Run(folder, services.KnownMigrations(), services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            foreach (var finding in findings)
            {
                await output.WriteLineAsync($"{(finding.IsProblem ? "Problem" : "Note")}: {finding.Words}{Environment.NewLine}  {finding.Advice}");
            }

            var problems = findings.Count(finding => finding.IsProblem);
            await output.WriteLineAsync(problems == 0 ? $"{folder.Root} is sound." : $"{problems} {(problems == 1 ? "thing needs" : "things need")} looking after.");
            return problems == 0 ? 0 : 1;
        });
    }

    internal static IReadOnlyList<Finding> Run(DataFolder folder, IReadOnlyList<string> known, DateTime now)
    {
        if (!File.Exists(folder.Database))
        {
            return [new Finding(true, $"There is no database in {folder.Root}.", "Name the data folder with --data, or restore a backup with 'restore FILE'.")];
        }

        return [.. Database(folder, known), .. FolderChecks.Run(folder, now)];
    }

    private static int Mend(DataFolder folder, IReadOnlyList<string> known)
    {
        if (!File.Exists(folder.Database) || DatabaseFile.Require(folder.Database, known).Count != known.Count)
        {
            return 0;
        }

        using var database = DatabaseFile.OpenToWrite(folder.Database);
        using var command = database.CreateCommand();
        command.CommandText = $"""
            PRAGMA synchronous=FULL;
            UPDATE Projects SET SortName = fold(Name) WHERE Id IN (SELECT Id {RowChecks.UnfoldedNames});
            UPDATE Tasks SET SortTitle = fold(Title) WHERE Id IN (SELECT Id {RowChecks.UnfoldedTitles});
            """;
        return command.ExecuteNonQuery();
    }

    private static List<Finding> Database(DataFolder folder, IReadOnlyList<string> known)
    {
        IReadOnlyList<string> applied;
        try
        {
            applied = DatabaseFile.Require(folder.Database, known);
        }
        catch (DatabaseRefusedException refused)
        {
            return [new Finding(true, refused.Message, $"Snapshots lie in {folder.Snapshots}.")];
        }

        if (DatabaseFile.DamageOf(folder.Database) is { } damage)
        {
            return [new Finding(true, $"The database is damaged: {damage}", "Stop the program, copy the data folder to another disk, then restore the newest snapshot or backup with 'restore FILE'.")];
        }

        using var database = DatabaseFile.OpenToRead(folder.Database);
        if (applied.Count < known.Count)
        {
            return [.. References(database), new Finding(false, $"The database has to be brought to this version: {known.Count - applied.Count} migrations are missing.", "Nothing: the next start does so, after a snapshot. Run the check again then: it saw only half.")];
        }

        return [.. References(database), .. RowChecks.Run(database), .. FolderChecks.Imports(folder, database)];
    }

    private static IEnumerable<Finding> References(SqliteConnection database) =>
        database.Column("SELECT count(*) || ' rows of ' || \"table\" || ' belong to a row of ' || parent || ' that is not there.' FROM pragma_foreign_key_check GROUP BY \"table\", parent")
            .Select(words => new Finding(true, words, "Restore a snapshot or a backup from before, or tell the program's makers."));
}
