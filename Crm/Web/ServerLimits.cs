using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Crm.Web;

/// <summary>How long and how large what a client sends may be, before anything of this program sees it.</summary>
public sealed class ServerLimits(IOptions<Limits> limits) : IConfigureOptions<KestrelServerOptions>, IConfigureOptions<FormOptions>
{
    /// <summary>Far above what any field takes, so that too long a text comes back with a message instead of being cut off.</summary>
    private const int LargestForm = 16 * 1024 * 1024;

    private const double SlowestBytesPerSecond = 240;

    /// <summary>A reader who takes less holds back what the server has ready for it.</summary>
    private const double SlowestReadPerSecond = 1024;

    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        var server = options.Limits;
        server.MaxConcurrentConnections = limits.Value.Connections > 0 ? limits.Value.Connections : null;
        server.MaxRequestBodySize = LargestForm;
        server.MaxRequestLineSize = 8 * 1024;
        server.MaxRequestHeaderCount = 100;
        server.MaxRequestHeadersTotalSize = 32 * 1024;
        server.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        server.KeepAliveTimeout = TimeSpan.FromSeconds(90);
        server.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, TimeSpan.FromSeconds(5));
        server.MinResponseDataRate = new MinDataRate(SlowestReadPerSecond, TimeSpan.FromSeconds(5));
        server.Http2.MaxStreamsPerConnection = 100;
        server.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        server.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }

    public void Configure(FormOptions options) => options.ValueLengthLimit = LargestForm;
}
