using System.CommandLine;
using Microsoft.Data.Sqlite;

namespace Crm.Data.Backups;

/// <summary><c>backup FILE</c>: copies the whole database while people go on writing.</summary>
public sealed class BackupCommand : Command
{
    private readonly Argument<string> _file = new("FILE") { Description = "Where the copy goes. It is there only when it is whole and verified." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace FILE if it is there." };

    public BackupCommand()
        : base("backup", "Copy the database into one file, while people go on writing.")
    {
        Arguments.Add(_file);
        Options.Add(_force);
        SetAction(async (parsed, cancel) =>
        {
            var words = await RunAsync(DataFolder.Find(parsed.GetValue(CommonOptions.Data)), parsed.GetValue(_file)!, parsed.GetValue(_force), cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(words);
            return 0;
        });
    }

    private static async Task<string> RunAsync(DataFolder folder, string file, bool force, CancellationToken cancel)
    {
        var target = Path.GetFullPath(file);
        Refuse(file == "-", "A backup needs a file of its own: it is verified by opening it before it counts.");
        Refuse(!File.Exists(folder.Database), $"There is no database in {folder.Root}.");
        Refuse(target.StartsWith(folder.Database, StringComparison.Ordinal), "A backup cannot stand in the database's own place.");
        Refuse(!Directory.Exists(Path.GetDirectoryName(target)), $"There is no folder {Path.GetDirectoryName(target)}.");
        Refuse(Directory.Exists(target), $"{target} is a folder. Name a file in it.");
        Refuse(!force && File.Exists(target), $"{target} is there already. Name another file, or add --force to replace it.");

        await using var services = CommandServices.For(folder);
        var applied = DatabaseFile.Require(folder.Database, services.KnownMigrations());
        try
        {
            await Task.Run(() => DatabaseFile.Copy(folder.Database, target), cancel);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_CANTOPEN)
        {
            throw new DatabaseRefusedException($"{target} cannot be written: who runs this may not write into {Path.GetDirectoryName(target)}.");
        }

        return $"{target} holds the database of {folder.Root}: {Snapshots.Bytes(new FileInfo(target).Length)}, as of {applied.LastOrDefault() ?? "nothing yet"}, verified.";
    }

    private static void Refuse(bool isWrong, string words)
    {
        if (isWrong)
        {
            throw new DatabaseRefusedException(words);
        }
    }
}
