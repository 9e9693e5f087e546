namespace Crm.Data;

/// <summary>
/// Says that a program runs this data folder. Only one at a time serves it, migrates it or restores into it; commands that
/// only read or add something run beside it. The system takes the lock away when the process ends, however it ends.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream? _file;

    private FolderLock(FileStream? file) => _file = file;

    /// <returns>Null while another process holds it.</returns>
    public static FolderLock? TryTake(DataFolder folder)
    {
        folder.Create();
        try
        {
            return new FolderLock(new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception e) when (Disk.IsUnwritable(e))
        {
            // Where nothing can be written, nobody else writes either.
            return new FolderLock(null);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <exception cref="DatabaseRefusedException">Another process holds it.</exception>
    public static FolderLock Take(DataFolder folder, string otherwise) =>
        TryTake(folder) ?? throw new DatabaseRefusedException($"Another program is running on {folder.Root}. {otherwise}");

    public void Dispose() => _file?.Dispose();
}
