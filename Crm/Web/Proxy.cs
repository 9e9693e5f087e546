using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Crm.Web;

/// <summary>
/// Which proxies are believed when they say how and by whom they were asked: the settings <c>Proxy:Addresses</c>,
/// <c>Proxy:Networks</c>, <c>Proxy:Hops</c> and <c>Proxy:ClientHeader</c>. Without them nobody is, and <c>X-Forwarded-…</c> means nothing.
/// </summary>
public static class Proxy
{
    private const string Addresses = "Proxy:Addresses";
    private const string Networks = "Proxy:Networks";
    private const string Hops = "Proxy:Hops";

    public static WebApplication UseCrmProxy(this WebApplication app)
    {
        var options = Read(app.Configuration);
        if (options.KnownProxies.Count + options.KnownIPNetworks.Count > 0)
        {
            app.UseForwardedHeaders(options);
        }

        return app;
    }

    /// <summary>What keeps <see cref="Read"/> from being carried out, a sentence each.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration) =>
    [
        .. List(configuration, Addresses).Where(address => !IPAddress.TryParse(address, out _)).Select(address => $"{Addresses}: '{address}' is no address."),
        .. List(configuration, Networks).Where(network => !System.Net.IPNetwork.TryParse(network, out _)).Select(network => $"{Networks}: '{network}' is no network. Write it as 10.0.0.0/8."),
        .. configuration[Hops] is { } hops && !(int.TryParse(hops, out var count) && count > 0) ? new[] { $"{Hops}: '{hops}' is no number from 1 on." } : [],
    ];

    /// <summary>Where nothing is wrong with them.</summary>
    public static ForwardedHeadersOptions Read(IConfiguration configuration)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = configuration.GetValue(Hops, 1),
        };
        options.ForwardedForHeaderName = configuration["Proxy:ClientHeader"] is { Length: > 0 } header ? header : options.ForwardedForHeaderName;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in List(configuration, Addresses))
        {
            options.KnownProxies.Add(IPAddress.Parse(address));
        }

        foreach (var network in List(configuration, Networks))
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        options.AllowedHosts = [.. List(configuration, "AllowedHosts").Where(host => host != "*")];
        return options;
    }

    /// <summary>Several values in one setting, or in several of them.</summary>
    private static IEnumerable<string> List(IConfiguration configuration, string key) =>
        configuration.GetSection(key) is var section
            ? section.GetChildren().Select(child => child.Value).Append(section.Value).OfType<string>()
                .SelectMany(value => value.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            : [];
}
