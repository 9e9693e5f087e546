using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Crm.Imports.Trello;

/// <summary>
/// Some exports hold text that is no text: bytes that are no UTF-8, and halves of a surrogate pair. The JSON reader throws at
/// them. They are replaced where they stand, so that a large file is not copied.
/// </summary>
internal static class MendedText
{
    /// <returns>How many places were mended.</returns>
    public static int Mend(Memory<byte> bytes) => MendBytes(bytes.Span) + MendEscapes(bytes.Span);

    private static int MendBytes(Span<byte> bytes)
    {
        var mended = 0;
        if (Utf8.IsValid(bytes))
        {
            return mended;
        }

        for (var rest = Broken(bytes); !rest.IsEmpty; rest = Broken(rest[1..]))
        {
            rest[0] = (byte)'?';
            mended++;
        }

        return mended;
    }

    /// <summary>What follows from the first byte that is no text on.</summary>
    private static Span<byte> Broken(Span<byte> bytes)
    {
        while (!bytes.IsEmpty && Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done)
        {
            bytes = bytes[length..];
        }

        return bytes;
    }

    private static int MendEscapes(Span<byte> bytes)
    {
        var mended = 0;
        var at = 0;
        while (at < bytes.Length)
        {
            var next = bytes[at..].IndexOf((byte)'\\');
            if (next < 0)
            {
                break;
            }

            at += next;
            var unit = Escaped(bytes, at);
            if (char.IsHighSurrogate(unit) && char.IsLowSurrogate(Escaped(bytes, at + 6)))
            {
                at += 12;
            }
            else if (char.IsSurrogate(unit))
            {
                "\\ufffd"u8.CopyTo(bytes[at..]);
                mended++;
                at += 6;
            }
            else
            {
                at += 2;
            }
        }

        return mended;
    }

    /// <summary>The letter of an escape such as <c>\ud83d</c> at this place; zero if none stands there.</summary>
    private static char Escaped(ReadOnlySpan<byte> bytes, int at)
    {
        if (at + 6 > bytes.Length || bytes[at] != '\\' || bytes[at + 1] != 'u')
        {
            return '\0';
        }

        return Utf8Parser.TryParse(bytes.Slice(at + 2, 4), out ushort unit, out var used, 'x') && used == 4 ? (char)unit : '\0';
    }
}
