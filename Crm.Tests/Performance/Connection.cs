using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Crm.Tests.Performance;

/// <summary>
/// One kept connection that sends requests as they are and reads answers to their end. A whole HTTP client would cost as much as
/// the pages that are measured, on the same processors.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _from;
    private int _to;

    public Connection(int port) => _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));

    /// <returns>The status of the answer.</returns>
    public int Ask(byte[] request)
    {
        _socket.Send(request);
        var head = Read("\r\n\r\n"u8);
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (NumberIn(head, "Content-Length: ") is { } length)
        {
            Skip(length);
        }
        else if (head.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal))
        {
            SkipChunks();
        }

        return status;
    }

    public void Dispose() => _socket.Dispose();

    private static int? NumberIn(string head, string name)
    {
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var end = head.IndexOf('\r', at);
        return int.Parse(head.AsSpan(at + name.Length, (end < 0 ? head.Length : end) - at - name.Length), CultureInfo.InvariantCulture);
    }

    private void SkipChunks()
    {
        while (true)
        {
            var size = int.Parse(Read("\r\n"u8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            Skip(size + 2);
            if (size == 0)
            {
                return;
            }
        }
    }

    /// <summary>What stands before the mark, and goes on after it.</summary>
    private string Read(ReadOnlySpan<byte> mark)
    {
        int at;
        while ((at = _buffer.AsSpan(_from, _to - _from).IndexOf(mark)) < 0)
        {
            Receive();
        }

        var text = Encoding.ASCII.GetString(_buffer, _from, at);
        _from += at + mark.Length;
        return text;
    }

    private void Skip(int count)
    {
        while (_to - _from < count)
        {
            count -= _to - _from;
            _from = _to = 0;
            Receive();
        }

        _from += count;
    }

    private void Receive()
    {
        if (_from == _to)
        {
            _from = _to = 0;
        }
        else if (_to == _buffer.Length)
        {
            Buffer.BlockCopy(_buffer, _from, _buffer, 0, _to - _from);
            (_from, _to) = (0, _to - _from);
        }

        var received = _socket.Receive(_buffer, _to, _buffer.Length - _to, SocketFlags.None);
        _to += received > 0 ? received : throw new IOException("The server closed the connection.");
    }
}
