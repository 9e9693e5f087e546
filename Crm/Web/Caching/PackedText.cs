using System.Buffers.Binary;
using System.IO.Compression;

namespace Crm.Web.Caching;

/// <summary>
/// A text packed as gzip, whose keys are others each time that it is given, though the rest is packed once: each key stands unpacked
/// in a block of its own, and nothing else refers to it.
/// </summary>
/// <param name="Pieces">What stands before, between and after the keys.</param>
/// <param name="Sums">Of the same pieces, before they were packed.</param>
/// <param name="Length">Of all of it, keys too, before it was packed.</param>
public sealed record PackedText(IReadOnlyList<byte[]> Pieces, IReadOnlyList<GzipSum> Sums, int Length)
{
    /// <summary>Bytes after the last piece.</summary>
    public const int EndLength = 8;

    /// <summary>Stands for the keys while all else is packed. No UTF-8 holds it, and so nothing is packed as a repetition of it.</summary>
    private const byte Gap = 0xFF;

    private const int StoredLength = 4;

    private static ReadOnlySpan<byte> Head => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

    /// <param name="text">UTF-8.</param>
    /// <param name="keys">Where they stand, in order and with something before each.</param>
    public static PackedText Of(byte[] text, IReadOnlyList<Range> keys)
    {
        List<byte[]> pieces = [];
        List<GzipSum> sums = [];
        using var packed = new MemoryStream();
        packed.Write(Head);
        var at = 0;
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var key in keys)
            {
                sums.Add(Add(deflate, text.AsSpan(at..key.Start.Value)));
                at = key.End.Value;
                var length = at - key.Start.Value;
                BeginStored(packed, length);
                pieces.Add(Take(packed));
                Add(deflate, Enumerable.Repeat(Gap, length).ToArray());
                Take(packed);
            }

            sums.Add(Add(deflate, text.AsSpan(at..)));
        }

        pieces.Add(Take(packed));
        return new PackedText(pieces, sums, text.Length);
    }

    /// <param name="sum">Of the whole text.</param>
    /// <returns>What stands after the last piece.</returns>
    public byte[] End(GzipSum sum)
    {
        var end = new byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, sum.Value);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(sizeof(uint)), Length);
        return end;
    }

    private static GzipSum Add(DeflateStream deflate, ReadOnlySpan<byte> text)
    {
        deflate.Write(text);
        deflate.Flush();
        return GzipSum.Of(text);
    }

    /// <summary>What was flushed ends with a stored block without content (RFC 1951, 3.2.4): it gets one.</summary>
    private static void BeginStored(MemoryStream packed, int length)
    {
        packed.SetLength(packed.Length - StoredLength);
        Span<byte> head = stackalloc byte[StoredLength];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(head[sizeof(ushort)..], (ushort)~length);
        packed.Write(head);
    }

    private static byte[] Take(MemoryStream packed)
    {
        var bytes = packed.ToArray();
        packed.SetLength(0);
        return bytes;
    }
}
