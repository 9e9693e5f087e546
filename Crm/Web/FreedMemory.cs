using System.Runtime.InteropServices;

namespace Crm.Web;

/// <summary>
/// Gives the system back what SQLite, the compiler at run time and the packing of pages have freed. The system's library on most
/// Linux systems (glibc) keeps it otherwise, for each thread by itself. Other libraries do without.
/// </summary>
internal sealed class FreedMemory(TimeProvider time) : BackgroundService
{
    /// <summary>Giving it back takes a millisecond, and eight when there is much.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly Trim? Library =
        NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out var trim)
            ? Marshal.GetDelegateForFunctionPointer<Trim>(trim)
            : null;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Trim(nuint keep);

    /// <returns>Whether there was some; null where the library knows no such thing.</returns>
    public static bool? GiveBack() => Library is null ? null : Library(0) != 0;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (Library is not null)
        {
            await Task.Delay(Pause, time, stoppingToken);
            GiveBack();
        }
    }
}
