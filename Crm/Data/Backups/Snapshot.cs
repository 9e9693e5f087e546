using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Data.Backups;

/// <summary>Why a snapshot was taken.</summary>
public enum SnapshotKind
{
    Hourly,
    Daily,
    Weekly,

    /// <summary>An admin asked for it.</summary>
    Manual,
    BeforeMigration,
    BeforeRestore,

    /// <summary>An admin brought it here from elsewhere.</summary>
    Uploaded,
}

/// <summary>A copy of the whole database in one file. Its name says all of it, such as <c>000042-hourly-20261122-220000.db</c>.</summary>
/// <param name="Number">Counts up, whatever the clock does: the order in which they were taken.</param>
/// <param name="At">When the clock said that it was taken.</param>
public sealed partial record Snapshot(string Path, long Number, SnapshotKind Kind, DateTime At, long Bytes)
{
    private const string Stamp = "yyyyMMdd-HHmmss";

    public string Name => System.IO.Path.GetFileName(Path);

    public static string NameOf(long number, SnapshotKind kind, DateTime at) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:D6}-{Word(kind)}-{at.ToString(Stamp, CultureInfo.InvariantCulture)}.db");

    /// <summary>“before-migration”, as it stands in the name.</summary>
    public static string Word(SnapshotKind kind) => Capital().Replace($"{kind}", m => "-" + m.Value).ToLowerInvariant();

    /// <returns>Null for a file that is none, because it is still being written or is something else.</returns>
    public static Snapshot? Of(FileInfo file)
    {
        var match = Pattern().Match(file.Name);
        return match.Success
            && Enum.TryParse<SnapshotKind>(match.Groups["kind"].Value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var kind)
            && DateTime.TryParseExact(match.Groups["at"].Value, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
                ? new Snapshot(file.FullName, long.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number) ? number : 0, kind, at, file.Length)
                : null;
    }

    [GeneratedRegex(@"^(?:(?<number>\d{1,12})-)?(?<kind>[a-z]+(?:-[a-z]+)?)-(?<at>\d{8}-\d{6})\.db$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();

    [GeneratedRegex("(?<=[a-z])[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Capital();
}
