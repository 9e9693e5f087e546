using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>Makes a webhook: from then on, what happens here leaves this machine.</summary>
[Needs(Right.RunWorkspace)]
[AskAgain]
public sealed class CreateModel(CrmDb db, CurrentUser user, Clock clock, Targets targets, WebhookSecrets secrets) : WebhookForm(targets)
{
    internal static readonly string TooMany = $"There are {Webhook.Most} webhooks already, and no more fit. Delete one that is not needed.";

    public override string BackUrl => "/webhooks";

    public override string Verb => "Create webhook";

    public void OnGet() => Input = new WebhookInput { Everything = true };

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!Judge())
        {
            return Invalid();
        }

        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Webhooks.CountAsync(cancel) >= Webhook.Most)
        {
            return Invalid("Input.Name", TooMany);
        }

        var secret = WebhookSecrets.Make();
        var webhook = Webhook.Create(Typed.Line(Input.Name), Typed.Prose(Input.Description), Typed.Line(Input.Url), Input.Chosen, secrets.Seal(secret), user.Id, clock.Now);
        db.Webhooks.Add(webhook);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        SecretModel.Show(TempData, webhook.Id, secret);
        return Go($"/webhooks/{webhook.Id}/secret");
    }
}
