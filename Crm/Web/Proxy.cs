using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Crm.Web;

/// <summary>
/// Which proxies are believed when they say how and by whom they were asked: the settings <c>Proxy:Addresses</c>,
/// <c>Proxy:Networks</c>, <c>Proxy:Hops</c> and <c>Proxy:ClientHeader</c>. Without them nobody is, and <c>X-Forwarded-…</c> means nothing.
/// </summary>
public static class Proxy
{
    public static WebApplication UseCrmProxy(this WebApplication app)
    {
        var options = Read(app.Configuration);
        if (options.KnownProxies.Count + options.KnownIPNetworks.Count > 0)
        {
            app.UseForwardedHeaders(options);
        }

        return app;
    }

    /// <exception cref="SettingException">A setting cannot be read.</exception>
    public static ForwardedHeadersOptions Read(IConfiguration configuration)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = configuration.GetValue("Proxy:Hops", 1),
        };
        options.ForwardedForHeaderName = configuration["Proxy:ClientHeader"] is { Length: > 0 } header ? header : options.ForwardedForHeaderName;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in List(configuration, "Proxy:Addresses"))
        {
            options.KnownProxies.Add(IPAddress.TryParse(address, out var known) ? known : throw new SettingException($"Proxy:Addresses: '{address}' is no address."));
        }

        foreach (var network in List(configuration, "Proxy:Networks"))
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.TryParse(network, out var known) ? known : throw new SettingException($"Proxy:Networks: '{network}' is no network. Write it as 10.0.0.0/8."));
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

/// <summary>A setting says something that the program cannot work with. The message tells which and how to mend it.</summary>
public sealed class SettingException(string message) : Exception(message);
