using System.Net;
using System.Net.Sockets;

namespace Crm.Web;

/// <summary>Where a request comes from, as far as it can be counted.</summary>
public static class RemoteAddress
{
    /// <summary>
    /// The IPv4 address, or the IPv6 network: whoever has one address of it has all 2^64. Empty when it is not known.
    /// </summary>
    public static string Of(HttpContext? context)
    {
        if (context?.Connection.RemoteIpAddress is not { } address)
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6 || address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.MapToIPv4().ToString();
        }

        if (IPAddress.IsLoopback(address))
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
