using Crm.Accounts;
using Crm.Data;
using Crm.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>Tells the admins that a webhook was paused by itself.</summary>
public sealed class PauseMail(Outbox outbox, Subscriptions subscriptions)
{
    public async Task TellAsync(CrmDb db, Webhook webhook, CancellationToken cancel)
    {
        var admins = await db.People.Where(p => p.Role == Role.Admin && p.JoinedAt != null && p.DisabledAt == null && p.DeletedAt == null).Select(p => p.Email).ToListAsync(cancel);
        foreach (var admin in admins)
        {
            await outbox.TellAsync(admin, $"The webhook “{webhook.Name}” is paused", Text(webhook), cancel);
        }
    }

    private string Text(Webhook webhook) => $"""
        Hello,

        Crm has paused the webhook “{webhook.Name}”, which leads to {new Uri(webhook.Url).Host}.

        {webhook.PauseReason}

        What waited is kept and goes out when it is resumed. What happens while it is paused is not kept for it.
        Look at what the receiver answered, mend it, and resume it there:

        {subscriptions.Link($"/webhooks/{webhook.Id}")}
        """;
}
