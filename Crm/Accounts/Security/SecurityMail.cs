using Crm.Admin;
using Crm.Notifications;

namespace Crm.Accounts.Security;

/// <summary>Tells people by mail what was changed about the ways into their account. Silent without a mail server.</summary>
public sealed partial class SecurityMail(Outbox outbox, WorkspaceCache workspace, ILogger<SecurityMail> log)
{
    /// <summary>Call when the change is saved for good.</summary>
    /// <param name="what">A whole sentence.</param>
    public Task TellAsync(Person person, string subject, string what, CancellationToken cancel) =>
        TellAsync(person.Email, person.Name, subject, what, cancel);

    /// <param name="email">Where to; null tells nobody.</param>
    public async Task TellAsync(string? email, string name, string subject, string what, CancellationToken cancel)
    {
        if (!outbox.IsOpen || email is null)
        {
            return;
        }

        try
        {
            await outbox.PutAsync(email, subject, $"""
                Hello {name},

                {what}

                If it was you, all is well. If not, tell an admin of {workspace.Current.Name} at once, and choose a new password.
                """, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was changed is changed; a full disk must not make it look otherwise.
            Failed(e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A mail about a changed account could not be written.")]
    private partial void Failed(Exception exception);
}
