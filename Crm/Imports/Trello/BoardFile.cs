using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Crm.Imports.Trello;

/// <summary>Opens the file that Trello's "Export as JSON" gives.</summary>
public static class BoardFile
{
    public const int MaxBytes = 50 * 1024 * 1024;

    private const int DeepestKept = 32;

    /// <exception cref="ImportRefusedException">It is no whole Trello board; the message says why.</exception>
    public static async Task<Board> ReadAsync(string path, CancellationToken cancel = default)
    {
        var bytes = await LoadAsync(path, cancel);
        var mended = MendedText.Mend(bytes);
        using var json = Parse(bytes);
        return BoardReader.Read(json.RootElement, mended);
    }

    private static async Task<Memory<byte>> LoadAsync(string path, CancellationToken cancel)
    {
        try
        {
            var file = new FileInfo(path);
            if (Directory.Exists(path))
            {
                throw new ImportRefusedException($"{path} is a folder. Name the JSON file in it.");
            }

            if (!file.Exists)
            {
                throw new ImportRefusedException($"There is no file {path}.");
            }

            return file.Length > MaxBytes ? throw TooLarge(file.Length) : Decoded(await File.ReadAllBytesAsync(path, cancel));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ImportRefusedException($"The file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Editors and shells may have written the file anew, with a mark in front or in two bytes per letter.</summary>
    private static Memory<byte> Decoded(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => bytes.AsMemory(3),
        [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2)),
        [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2)),
        _ => bytes,
    };

    private static JsonDocument Parse(Memory<byte> bytes)
    {
        if (bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new ImportRefusedException("The file is empty.");
        }

        try
        {
            Flatten(bytes.Span);
        }
        catch (JsonException e)
        {
            throw new ImportRefusedException("The file is not JSON. In Trello, open the board's menu, choose Print, export and share, then Export as JSON.", e);
        }

        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            // All of it was right as far as it goes.
            throw CutShort(e);
        }
    }

    /// <summary>
    /// Empties what is nested far deeper than anything that Trello writes: building a document of it takes quadratic time.
    /// </summary>
    private static void Flatten(Span<byte> bytes)
    {
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue });
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, state);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject) || reader.CurrentDepth < DeepestKept)
            {
                continue;
            }

            var start = (int)reader.TokenStartIndex + 1;
            if (!reader.TrySkip())
            {
                throw CutShort();
            }

            bytes[start..((int)reader.BytesConsumed - 1)].Fill((byte)' ');
        }
    }

    private static ImportRefusedException CutShort(Exception? cause = null) =>
        new("The file is cut short: it ends in the middle. Export the board again and let the download finish.", cause);

    public static ImportRefusedException TooLarge(long bytes) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The file is too large: at most 50 MB ({MaxBytes:N0} bytes) fit."));
}
