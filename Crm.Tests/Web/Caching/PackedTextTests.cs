using System.IO.Compression;
using System.Text;
using Crm.Accounts;
using Crm.Web.Caching;

namespace Crm.Tests.Web.Caching;

public sealed class PackedTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void A_packed_text_is_the_same_text_with_the_keys_that_it_gets(int count)
    {
        // The text repeats itself across the keys, and repeats the keys: neither may be packed as a repetition of one.
        var key = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq";
        var part = string.Concat(Enumerable.Range(0, 900).Select(i => $"<li>Hafen – Blatt {i % 40}, wie vereinbart 🙂 {key}</li>"));
        var text = Encoding.UTF8.GetBytes(part + string.Concat(Enumerable.Repeat($"<b>{key}</b><i>{key}</i>{part}", count)));
        var (first, apart) = (Encoding.UTF8.GetByteCount(part) + "<b>".Length, Encoding.UTF8.GetByteCount($"<b>{key}</b><i>{key}</i>{part}"));
        var packed = PackedText.Of(text, [.. Enumerable.Range(0, count).Select(i => (first + (i * apart))..(first + (i * apart) + key.Length))]);

        for (var i = 0; i < 2; i++)
        {
            List<string> keys = [.. Enumerable.Range(0, count).Select(_ => Secret.Make())];
            var expected = part + string.Concat(keys.Select(k => $"<b>{k}</b><i>{key}</i>{part}"));
            Assert.Equal(expected, Unpack(packed, keys));
        }

        Assert.InRange(packed.Pieces.Sum(p => p.Length), 1, text.Length / 20);
    }

    [Fact]
    public void Sums_of_texts_are_that_of_both_together()
    {
        var (one, other) = ("Agreed on the phone"u8.ToArray(), "and on paper."u8.ToArray());

        Assert.Equal(GzipSum.Of([.. one, .. other]), GzipSum.Of(one) + GzipSum.Of(other));
        Assert.Equal(GzipSum.Of(one), GzipSum.Of(one) + GzipSum.Of([]));
        Assert.Equal(0xCBF43926, GzipSum.Of("123456789"u8).Value);
    }

    /// <summary>Reading to the end compares the sum and the length, too.</summary>
    private static string Unpack(PackedText packed, IReadOnlyList<string> keys)
    {
        using var file = new MemoryStream();
        file.Write(packed.Pieces[0]);
        var sum = packed.Sums[0];
        for (var i = 0; i < keys.Count; i++)
        {
            var key = Encoding.UTF8.GetBytes(keys[i]);
            file.Write(key);
            file.Write(packed.Pieces[i + 1]);
            sum += GzipSum.Of(key) + packed.Sums[i + 1];
        }

        file.Write(packed.End(sum));
        file.Position = 0;
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}
