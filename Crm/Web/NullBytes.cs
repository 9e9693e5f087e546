namespace Crm.Web;

/// <summary>
/// Lets a form come in that holds the character NUL. The framework gives up the whole form over it, and the person's text with
/// it; exchanged for another character that cannot be shown, it is refused beside its field like those.
/// </summary>
public static class NullBytes
{
    public static IApplicationBuilder UseReadableForms(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Request.Body = new Exchanged(context.Request.Body);
        }

        return next(context);
    });

    /// <summary>Turns <c>%00</c> into <c>%01</c>, and a bare NUL likewise, as the bytes come in.</summary>
    private sealed class Exchanged(Stream inner) : Stream
    {
        private byte _last;
        private byte _beforeLast;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            Exchange(buffer.Span[..count]);
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            Exchange(buffer.AsSpan(offset, read));
            return read;
        }

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private void Exchange(Span<byte> bytes)
        {
            foreach (ref var letter in bytes)
            {
                var isEscaped = letter == '0' && _last == '0' && _beforeLast == '%';
                (_beforeLast, _last) = (_last, letter);
                letter = letter == 0 ? (byte)1 : isEscaped ? (byte)'1' : letter;
            }
        }
    }
}
