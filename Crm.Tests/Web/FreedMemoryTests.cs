using System.Runtime.InteropServices;
using Crm.Web;

namespace Crm.Tests.Web;

public sealed class FreedMemoryTests
{
    [Fact]
    public void What_the_systems_library_keeps_is_given_back_where_it_is_glibc()
    {
        KeepFreed();

        // Other libraries know nothing of it, and are left alone.
        var isGlibc = NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out _);
        Assert.Equal(isGlibc ? true : null, FreedMemory.GiveBack());
    }

    /// <summary>32 MB of blocks that are freed, below one that is not.</summary>
    private static void KeepFreed()
    {
        const int Size = 16 * 1024;
        var blocks = new nint[2048];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(Size);
        }

        foreach (var block in blocks[..^1])
        {
            Marshal.FreeHGlobal(block);
        }
    }
}
