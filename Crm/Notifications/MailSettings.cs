using MailKit.Security;

namespace Crm.Notifications;

/// <summary>The mail server, from the settings <c>Mail:Host</c>, <c>Mail:Port</c> and so on.</summary>
public sealed class MailSettings
{
    /// <summary>Without one, no mail is written, and links are copied by hand.</summary>
    public string? Host { get; set; }

    /// <summary>0 for the usual one of <see cref="Security"/>.</summary>
    public int Port { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Such as <c>Northlight Studio &lt;crm@northlight.example&gt;</c>.</summary>
    public string? From { get; set; }

    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.Auto;

    public bool IsComplete => !string.IsNullOrWhiteSpace(Host) && !string.IsNullOrWhiteSpace(From);
}
