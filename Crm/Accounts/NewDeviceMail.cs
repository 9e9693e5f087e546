using Crm.Admin;
using Crm.Notifications;
using Crm.Web;

namespace Crm.Accounts;

/// <summary>Tells people by mail that somebody signed in as them in a browser or program that was not known. Silent without a mail server.</summary>
public sealed class NewDeviceMail(Outbox outbox, PublicAddress address, WorkspaceCache workspace, IHttpContextAccessor http)
{
    /// <summary>Waits for the answer to begin: by then the session is saved, or the answer is a refusal.</summary>
    public void SendWhenSaved(Person person, string from, DateTime now)
    {
        if (!outbox.IsOpen || person.Email is not { } email || http.HttpContext is not { } context)
        {
            return;
        }

        var text = $"""
            Hello {person.Name},

            somebody signed in to {workspace.Current.Name} as you, in a browser or program that was not known:

            {Device.NameOf(context.Request.Headers.UserAgent.ToString())}
            {from}
            {now:d MMMM yyyy, HH:mm} UTC

            If it was you, all is well. If not, change your password at once, and end that session: {address.Link("/profile/sessions") ?? "your profile lists it"}
            """;
        context.Response.OnStarting(() => context.Response.StatusCode < StatusCodes.Status400BadRequest
            ? outbox.TellAsync(email, $"New sign-in to {workspace.Current.Name}", text)
            : Task.CompletedTask);
    }
}
