using Crm.Web;

namespace Crm.Webhooks;

/// <summary>What leaves as webhooks.</summary>
[Settings("Webhooks")]
public sealed class WebhookSettings
{
    /// <summary>
    /// Webhooks may lead into private networks and to this machine, and need no HTTPS. For a receiver next door, and for trying
    /// things out: whoever is an admin here can then reach whatever this machine reaches.
    /// </summary>
    public bool AllowPrivate { get; set; }
}
