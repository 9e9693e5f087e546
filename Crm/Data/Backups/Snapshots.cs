namespace Crm.Data.Backups;

/// <summary>The snapshots of a data folder: taken, listed and thinned out.</summary>
/// <param name="elsewhere">Where new ones go when it is not the data folder itself.</param>
public sealed class Snapshots(DataFolder folder, string? elsewhere = null)
{
    /// <summary>How many of each kind are kept. By count and order alone: a clock that is wrong deletes nothing.</summary>
    public static readonly IReadOnlyDictionary<SnapshotKind, int> Kept = new Dictionary<SnapshotKind, int>
    {
        [SnapshotKind.Hourly] = 24,
        [SnapshotKind.Daily] = 7,
        [SnapshotKind.Weekly] = 8,
        [SnapshotKind.Manual] = 10,
        [SnapshotKind.BeforeMigration] = 5,
        [SnapshotKind.BeforeRestore] = 5,
        [SnapshotKind.Uploaded] = 3,
    };

    private readonly Lock _oneAtATime = new();

    public string Folder { get; } = elsewhere is null ? folder.Snapshots : Path.GetFullPath(elsewhere);

    /// <summary>What they are snapshots of.</summary>
    public string Database => folder.Database;

    /// <summary>The one that was taken last comes first.</summary>
    public IReadOnlyList<Snapshot> All() =>
        [.. new[] { Folder, folder.Snapshots }.Distinct(StringComparer.Ordinal)
            .Where(Directory.Exists)
            .SelectMany(path => new DirectoryInfo(path).EnumerateFiles("*.db"))
            .Select(Snapshot.Of).OfType<Snapshot>()
            .OrderByDescending(s => s.Number).ThenByDescending(s => s.At)];

    /// <summary>Null for a name that none of them has.</summary>
    public Snapshot? Named(string name) => All().FirstOrDefault(s => s.Name == name);

    /// <summary>Makes sure that there is a place to put them.</summary>
    /// <exception cref="DatabaseRefusedException">It cannot be made: a file has its name, or the like.</exception>
    /// <exception cref="IOException">It cannot be written; see <see cref="Disk.IsUnwritable"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            Disk.Probe(Folder);
        }
        catch (IOException e) when (!Disk.IsUnwritable(e))
        {
            throw new DatabaseRefusedException($"The folder {Folder} cannot be made: {e.Message}");
        }
    }

    /// <summary>Copies the database as it is now. What has a snapshot's name is whole and was verified by opening it.</summary>
    /// <exception cref="DatabaseRefusedException">There is too little room for it, or the copy turned out to be damaged.</exception>
    public Snapshot Take(SnapshotKind kind, DateTime now) => Keep(folder.Database, kind, now);

    /// <summary>The same of another database file.</summary>
    public Snapshot Keep(string database, SnapshotKind kind, DateTime now)
    {
        lock (_oneAtATime)
        {
            MakeFolder();
            RequireRoom(database);
            var path = Path.Combine(Folder, Snapshot.NameOf(All().Select(s => s.Number).FirstOrDefault() + 1, kind, now));
            DatabaseFile.Copy(database, path);
            Thin();
            return Snapshot.Of(new FileInfo(path))!;
        }
    }

    /// <summary>Bytes of a database with what is not yet in its main file.</summary>
    public static long SizeOf(string database) =>
        new[] { database, database + "-wal" }.Select(path => new FileInfo(path)).Where(file => file.Exists).Sum(file => file.Length);

    /// <summary>The last bytes of a disk belong to what people write, not to copies of it.</summary>
    private void RequireRoom(string database)
    {
        var (needed, free) = (2 * SizeOf(database), Disk.FreeAt(Folder));
        if (free < needed)
        {
            throw new DatabaseRefusedException($"There are only {Bytes(free)} free for a snapshot in {Folder}; it needs {Bytes(needed)}. Those from before are kept.");
        }
    }

    private void Thin()
    {
        foreach (var old in All().GroupBy(s => s.Kind).SelectMany(kind => kind.Skip(Kept[kind.Key])))
        {
            Disk.TryDelete(old.Path);
        }
    }

    /// <summary>Such as “12.5 MB”.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 * 1024 => $"{Math.Max(1, bytes / 1024)} KB",
        < 1024L * 1024 * 1024 => FormattableString.Invariant($"{bytes / 1024.0 / 1024:0.#} MB"),
        _ => FormattableString.Invariant($"{bytes / 1024.0 / 1024 / 1024:0.#} GB"),
    };
}
