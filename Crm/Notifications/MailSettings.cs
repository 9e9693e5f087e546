using System.ComponentModel.DataAnnotations;
using Crm.Web;
using MailKit.Security;
using MimeKit;

namespace Crm.Notifications;

/// <summary>The server that outgoing mail is handed to.</summary>
[Settings("Mail")]
public sealed class MailSettings : IValidatableObject
{
    /// <summary>Its name. Without one, no mail is written, and links are copied by hand.</summary>
    public string? Host { get; set; }

    /// <summary>Its port; 0 for the usual one of <c>Mail:Security</c>.</summary>
    [Range(0, 65_535, ErrorMessage = "must be from 0 to 65535")]
    public int Port { get; set; }

    /// <summary>Who signs in there; nobody when not set.</summary>
    public string? User { get; set; }

    /// <summary>That person's password.</summary>
    public string? Password { get; set; }

    /// <summary>Whom mails come from, such as <c>Northlight Studio &lt;crm@northlight.example&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>How the connection is guarded; <c>Auto</c> goes by the port.</summary>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.Auto;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(Host) && string.IsNullOrWhiteSpace(From))
        {
            yield return new ValidationResult("is needed where Mail:Host is set", [nameof(From)]);
        }
        else if (!string.IsNullOrWhiteSpace(From) && !(MailboxAddress.TryParse(From, out var sender) && sender.Address.Contains('@', StringComparison.Ordinal)))
        {
            yield return new ValidationResult("must be an address such as 'Northlight Studio <crm@northlight.example>'", [nameof(From)]);
        }
    }

    public bool IsComplete => !string.IsNullOrWhiteSpace(Host) && !string.IsNullOrWhiteSpace(From);
}
