using Crm.Data.Backups;
using Microsoft.Data.Sqlite;

namespace Crm.Data.Checks;

/// <summary>What lies in the data folder beside the database.</summary>
internal static class FolderChecks
{
    private const long LargestLog = 64L * 1024 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static IEnumerable<Finding> Run(DataFolder folder, DateTime now) =>
        [.. Access(folder), .. Room(folder), .. Mails(folder), .. SnapshotsOf(folder, now)];

    /// <summary>Uploaded files and the rows that speak of them.</summary>
    public static IEnumerable<Finding> Imports(DataFolder folder, SqliteConnection database)
    {
        // Previewed or running: those need their file still.
        var wanted = database.Column("SELECT StoredAs FROM Imports WHERE State IN (0, 1)").ToHashSet(StringComparer.Ordinal);
        var there = Names(folder.Imports, "*");
        var (lost, idle) = (wanted.Except(there, StringComparer.Ordinal).Count(), there.Except(wanted, StringComparer.Ordinal).Count());
        if (lost > 0)
        {
            yield return new Finding(true, $"{lost} imports wait for a file that is not there any more.", "Discard them on the page Import, and upload the files again.");
        }

        if (idle > 0)
        {
            yield return new Finding(false, $"{idle} files in {folder.Imports} belong to no import.", "Nothing: the next start removes them.");
        }
    }

    private static IEnumerable<Finding> Access(DataFolder folder)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder.Root) & Others) != UnixFileMode.None)
        {
            yield return new Finding(true, $"Other users of this machine can enter {folder.Root}.", $"chmod 700 {folder.Root}");
        }

        if (Names(folder.Keys, "*.xml").Length == 0)
        {
            yield return new Finding(false, "There are no keys that protect sign-ins.", "Nothing: the next start makes one, and everybody signs in again.");
        }
    }

    private static IEnumerable<Finding> Room(DataFolder folder)
    {
        var (size, log, free) = (Snapshots.SizeOf(folder.Database), new FileInfo(folder.Database + "-wal"), Disk.FreeAt(folder.Root));
        if (log.Exists && log.Length > LargestLog)
        {
            yield return new Finding(false, $"{Snapshots.Bytes(log.Length)} wait in {log.Name} to be moved into the database.", "Nothing, if it shrinks by itself. Otherwise another program reads the database for very long: end it.");
        }

        if (free < 2 * size)
        {
            yield return new Finding(true, $"Only {Snapshots.Bytes(free)} are free where the data folder lies; the database has {Snapshots.Bytes(size)}.", "Make room: without it no snapshot is taken, and soon nothing can be saved.");
        }
    }

    private static IEnumerable<Finding> Mails(DataFolder folder)
    {
        if (Names(folder.Mail, "*.refused") is { Length: > 0 and var refused })
        {
            yield return new Finding(false, $"{refused} mails in {folder.Mail} were refused by the mail server for good.", "Read them, and delete them there.");
        }

        if (Names(folder.Mail, "*.part").Length + Names(folder.Mail, "*.nobody").Length is > 0 and var parts)
        {
            yield return new Finding(false, $"{parts} files in {folder.Mail} are mails that were never finished.", "Delete them while the program does not run.");
        }
    }

    private static IEnumerable<Finding> SnapshotsOf(DataFolder folder, DateTime now)
    {
        var all = new Snapshots(folder).All();
        foreach (var snapshot in all)
        {
            if (DatabaseFile.DamageOf(snapshot.Path) is { } damage)
            {
                yield return new Finding(true, $"The snapshot {snapshot.Name} is damaged: {damage}", "Delete it, and look after the disk: it was whole when it was written.");
            }
        }

        if (all.FirstOrDefault() is not { } last || (now - last.At).Duration() > TimeSpan.FromDays(1))
        {
            yield return new Finding(false, "There is no snapshot of the last day.", "A running program takes one each hour. Otherwise: 'backup FILE'.");
        }
    }

    private static string[] Names(string folder, string pattern) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, pattern).Select(file => Path.GetFileName(file))] : [];
}
