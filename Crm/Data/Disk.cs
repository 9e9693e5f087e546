using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Crm.Data;

/// <summary>Files that are on the disk, and not only on their way there, when a method returns.</summary>
public static class Disk
{
    // https://man7.org/linux/man-pages/man3/errno.3.html
    private const int BadDisk = 5;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int OverQuota = 122;

    /// <summary>About what a comment takes in the database's log.</summary>
    private const int ProbeLength = 64 * 1024;

    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Writes a file beside its place, flushes it and puts it there: it is whole or it is not there.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var part = path + ".part";
        try
        {
            await using (var file = new FileStream(part, OwnerOnly(FileMode.Create)))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            Put(part, path);
        }
        catch
        {
            TryDelete(part);
            throw;
        }
    }

    /// <summary>Renames a file that was flushed, and flushes the renaming.</summary>
    public static void Put(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    public static void FlushFile(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>A renamed or new file is there after a power cut only when its folder was flushed too.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Libc.Open(Encoding.UTF8.GetBytes(path + '\0'), 0);
        if (folder < 0)
        {
            throw new IOException($"The folder {path} cannot be flushed.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }

        // Some file systems cannot flush a folder, and then have nothing to flush.
        _ = Libc.Fsync(folder);
        _ = Libc.Close(folder);
    }

    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }

    /// <summary>Bytes that this program may still write there; as many as can be when the system does not say.</summary>
    public static long FreeAt(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }

    /// <summary>Writes a little file into a folder and takes it away again.</summary>
    /// <exception cref="IOException">Nothing can be written there; see <see cref="IsUnwritable"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public static void Probe(string folder)
    {
        using var probe = new FileStream(Path.Combine(folder, ".probe"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite, 1, FileOptions.DeleteOnClose);
        probe.Write(new byte[ProbeLength]);
    }

    public static bool IsFull(Exception exception) => exception is IOException { HResult: NoSpace or OverQuota or NoSpaceOnWindows };

    /// <summary>True for what a full, broken or write-protected disk makes of writing a file.</summary>
    public static bool IsUnwritable(Exception exception) =>
        IsFull(exception) || exception is UnauthorizedAccessException or IOException { HResult: BadDisk or ReadOnly };

    internal static FileStreamOptions OwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static class Libc
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Fsync(int file);

        [DllImport("libc", EntryPoint = "close")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int file);
    }
}
