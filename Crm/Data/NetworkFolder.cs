using System.Text;

namespace Crm.Data;

/// <summary>What is said about a data folder that lies on another machine, and whether it is used all the same.</summary>
public sealed record FolderObjection(string Words, bool IsRefused);

/// <summary>
/// Finds out whether a folder lies on a network file system. SQLite's locks and its shared memory do not hold there, and a
/// database that two programs write at once without them is lost.
/// </summary>
public static class NetworkFolder
{
    /// <summary>The setting by which such a folder is used all the same.</summary>
    public const string Allow = "AllowNetworkFolder";

    private const string Mounts = "/proc/mounts";

    // proc(5), mount(8). A shared folder of a virtual machine is one too.
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "virtiofs", "vboxsf", "ceph", "glusterfs", "lustre", "gfs2", "ocfs2", "davfs", "beegfs",
        "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs", "fuse.ceph", "fuse.davfs2", "fuse.gcsfuse", "fuse.vmhgfs-fuse", "fuse.mergerfs", "fuse.juicefs",
    };

    public static FolderObjection? Objection(DataFolder folder, IConfiguration settings)
    {
        if (!File.Exists(Mounts) || TypeOf(Resolve(folder.Root), File.ReadLines(Mounts)) is not { } type || !Types.Contains(type))
        {
            return null;
        }

        var fact = $"The data folder {folder.Root} lies on a network file system ({type}), where a database can be damaged or lose what was saved.";
        return settings.GetValue<bool>(Allow)
            ? new FolderObjection($"{fact} It is used because {Allow} says so: never let two machines open it.", IsRefused: false)
            : new FolderObjection($"{fact} Nothing was started. Name a folder on this machine's own disk with --data, or set {Allow}=true to use it all the same.", IsRefused: true);
    }

    /// <summary>The type of the file system that a path lies on.</summary>
    /// <param name="path">Absolute, without links in it.</param>
    /// <param name="mounts">The lines of <c>/proc/mounts</c>. Of two at the same place the later one covers the other.</param>
    internal static string? TypeOf(string path, IEnumerable<string> mounts) =>
        mounts.Select(line => line.Split(' '))
            .Where(parts => parts.Length >= 3)
            .Select(parts => (Place: Unescape(parts[1]), Type: parts[2]))
            .Where(mount => IsUnder(path, mount.Place))
            .Aggregate((Place: "", Type: (string?)null), (best, mount) => mount.Place.Length >= best.Place.Length ? (mount.Place, mount.Type) : best)
            .Type;

    internal static bool IsNetwork(string type) => Types.Contains(type);

    private static bool IsUnder(string path, string place) =>
        path == place || path.StartsWith(place.TrimEnd('/') + '/', StringComparison.Ordinal);

    /// <summary>Spaces and the like stand there as <c>\040</c>.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        List<byte> bytes = [];
        var raw = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\\' && i + 3 < raw.Length && raw.AsSpan(i + 1, 3).IndexOfAnyExceptInRange((byte)'0', (byte)'7') < 0)
            {
                bytes.Add((byte)(((raw[i + 1] - '0') << 6) | ((raw[i + 2] - '0') << 3) | (raw[i + 3] - '0')));
                i += 3;
            }
            else
            {
                bytes.Add(raw[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>The folder that is meant when links stand in its path.</summary>
    private static string Resolve(string path)
    {
        var resolved = Path.GetPathRoot(path)!;
        foreach (var part in path[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(resolved, part));
            resolved = next.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next.FullName;
        }

        return resolved;
    }
}
