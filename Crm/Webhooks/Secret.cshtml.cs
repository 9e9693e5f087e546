using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>Shows a secret that was just made, once, and makes a new one.</summary>
[Needs(Right.RunWorkspace)]
[AskAgain]
public sealed class SecretModel(CrmDb db, Clock clock, WebhookSecrets secrets) : CrmPage
{
    private const string Key = "webhook.secret";

    public Webhook Webhook { get; private set; } = null!;

    /// <summary>Null when it was shown already.</summary>
    public string? Shown { get; private set; }

    /// <summary>Has the page show it, the next time it is asked for.</summary>
    public static void Show(ITempDataDictionary data, int id, string secret) => data[$"{Key}.{id}"] = secret;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        Shown = TempData[$"{Key}.{id}"] as string;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, bool keepsOld, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return await GoneAsync<Webhook>(db, id, cancel);
        }

        var secret = WebhookSecrets.Make();
        Webhook.Renew(secrets.Seal(secret), keepsOld, clock.Now);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Show(TempData, id, secret);
        return Go($"/webhooks/{id}/secret");
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancel) =>
        (Webhook = (await db.Webhooks.FirstOrDefaultAsync(w => w.Id == id, cancel))!) is not null;
}
