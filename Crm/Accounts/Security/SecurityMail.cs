using Crm.Admin;
using Crm.Notifications;

namespace Crm.Accounts.Security;

/// <summary>Tells people by mail what was changed about the ways into their account. Silent without a mail server.</summary>
public sealed class SecurityMail(Outbox outbox, WorkspaceCache workspace)
{
    /// <summary>Call when the change is saved for good.</summary>
    /// <param name="what">A whole sentence.</param>
    public Task TellAsync(Person person, string subject, string what, CancellationToken cancel) =>
        TellAsync(person.Email, person.Name, subject, what, cancel);

    /// <param name="left">How many they have now.</param>
    public Task TellOfRecoveryCodeAsync(Person person, int left, CancellationToken cancel) =>
        TellAsync(person, "A recovery code was used", $"somebody signed in to your account with a recovery code. {RecoveryCodes.Left(left)}", cancel);

    /// <param name="email">Where to; null tells nobody.</param>
    public Task TellAsync(string? email, string name, string subject, string what, CancellationToken cancel) =>
        outbox.TellAsync(email, subject, $"""
            Hello {name},

            {what}

            If it was you, all is well. If not, tell an admin of {workspace.Current.Name} at once, and choose a new password.
            """, cancel);
}
