using System.Net;
using System.Net.Sockets;

namespace Crm.Webhooks;

/// <summary>Which addresses belong to the public internet, and not to this machine, a network beside it, or the provider that it runs at.</summary>
public static class PublicNetwork
{
    private static readonly IPNetwork[] Closed =
    [
        .. Networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
            "100.64.0.0/10", // carriers' NAT
            "127.0.0.0/8", // this machine
            "169.254.0.0/16", // link-local, and most clouds' metadata
            "168.63.129.16/32", // Azure's
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", // for protocols, tests and examples
            "224.0.0.0/4", "240.0.0.0/4"), // multicast, reserved, broadcast
    ];

    // All else of IPv6 is this machine, link-local, unique local, multicast or not given to anybody.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // Protocols and Teredo, examples, 6to4, examples.
    private static readonly IPNetwork[] ClosedInGlobal = [.. Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")];

    // An IPv4 address in its last four bytes.
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Holds(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => Holds(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetwork } => !Closed.Any(n => n.Contains(address)),
        _ when Translated.Contains(address) => Holds(new IPAddress(address.GetAddressBytes()[12..])),
        _ => Global.Contains(address) && !ClosedInGlobal.Any(n => n.Contains(address)),
    };

    private static IEnumerable<IPNetwork> Networks(params string[] texts) => texts.Select(text => IPNetwork.Parse(text));
}
