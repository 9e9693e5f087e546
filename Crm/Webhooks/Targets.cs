using System.Net;
using Microsoft.Extensions.Options;

namespace Crm.Webhooks;

/// <summary>Finds the addresses of a host's name; tests have names of their own.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancel);

/// <summary>
/// Where webhooks may lead. Judged twice: when an address is saved, by what it says, and when a connection is made, by where its
/// name leads at that moment.
/// </summary>
public sealed class Targets(IOptions<WebhookSettings> settings, ResolveHost resolve)
{
    private const string Setting = "An operator can allow private addresses with the setting Webhooks:AllowPrivate.";

    // Names that mean this machine, or a network beside it, wherever they are asked.
    private static readonly string[] LocalNames = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "in-addr.arpa", "ip6.arpa"];

    /// <returns>Why a webhook cannot lead there, or null.</returns>
    public string? Objection(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.IdnHost.Length == 0)
        {
            return "Write the address like https://example.com/hooks/crm.";
        }

        return address switch
        {
            { UserInfo.Length: > 0 } => "The address must hold no name or password. The signature says who sends.",
            { Fragment.Length: > 0 } => "The address must hold no part after “#”: it is never sent.",
            _ when settings.Value.AllowPrivate => null,
            { Scheme: "http" } => "The address must begin with https: what is sent is nobody else's business.",
            _ when IsLocal(address) => $"This address leads to this machine or into a private network, which is refused. {Setting}",
            _ => null,
        };
    }

    /// <summary>The addresses of a host that may be connected to.</summary>
    /// <exception cref="TargetRefusedException">One of them lies in no public network: a name that leads here and there is a trap.</exception>
    public async Task<IPAddress[]> FindAsync(string host, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancel);
        return settings.Value.AllowPrivate || addresses.FirstOrDefault(a => !PublicNetwork.Holds(a)) is not { } closed
            ? addresses
            : throw new TargetRefusedException($"{host} leads to {closed}, which is this machine or a private network. That is refused. {Setting}");
    }

    private static bool IsLocal(Uri address)
    {
        var host = address.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out var literal)
            ? !PublicNetwork.Holds(literal)
            : !host.Contains('.', StringComparison.Ordinal) || Array.Exists(LocalNames, name => host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>A name leads where nothing may be sent.</summary>
public sealed class TargetRefusedException(string words) : Exception(words);
