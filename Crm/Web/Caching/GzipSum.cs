using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Crm.Web.Caching;

/// <summary>
/// The CRC-32 of a text, which can be added to that of the text after it without reading either again (RFC 1952; the way of zlib's
/// <c>crc32_combine</c>).
/// </summary>
/// <param name="Value">As it stands at the end of a gzip file.</param>
/// <param name="Shift">x to the power of the text's bits, modulo the polynomial: what a sum is multiplied by when the text follows it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GzipSum(uint Value, uint Shift)
{
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 1u << 31;
    private const uint Byte = One >> 8;

    public static GzipSum Of(ReadOnlySpan<byte> text) => new(Crc32.HashToUInt32(text), ShiftOf(text.Length));

    public static GzipSum operator +(GzipSum first, GzipSum second) =>
        new(Times(first.Value, second.Shift) ^ second.Value, Times(first.Shift, second.Shift));

    private static uint ShiftOf(int length)
    {
        var (shift, power) = (One, Byte);
        for (; length > 0; length >>= 1)
        {
            shift = (length & 1) == 0 ? shift : Times(shift, power);
            power = Times(power, power);
        }

        return shift;
    }

    /// <summary>Of two polynomials over bits, whose highest bit is that of x⁰.</summary>
    private static uint Times(uint one, uint other)
    {
        var product = 0u;
        for (; one != 0; one <<= 1)
        {
            product ^= (one & One) == 0 ? 0 : other;
            other = (other & 1) == 0 ? other >> 1 : (other >> 1) ^ Polynomial;
        }

        return product;
    }
}
