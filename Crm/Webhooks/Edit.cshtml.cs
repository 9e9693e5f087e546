using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>Changes a webhook. What waits to be sent goes to the new address.</summary>
[Needs(Right.RunWorkspace)]
[AskAgain]
public sealed class EditModel(CrmDb db, Targets targets) : WebhookForm(targets)
{
    public Webhook Webhook { get; private set; } = null!;

    public override string BackUrl => $"/webhooks/{Webhook.Id}";

    public override string Verb => "Save";

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        (Input, SeenHere) = (WebhookInput.Of(Webhook), await SeenAsync(cancel));
        return Page();
    }

    /// <param name="seen">What the form was opened with; see <see cref="FormConflict"/>.</param>
    public async Task<IActionResult> OnPostAsync(int id, long? seen, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return await GoneAsync<Webhook>(db, id, cancel);
        }

        SeenHere = seen;
        if (!Judge())
        {
            return Invalid();
        }

        var values = Values();
        (Conflicts, var theirs) = await FormConflict.FindAsync(db, nameof(Webhook), id, seen, values, cancel);
        if (Conflicts.Count > 0)
        {
            SeenHere = await SeenAsync(cancel);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        Apply(theirs);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        Say($"“{Webhook.Name}” is saved.");
        return Go(BackUrl);
    }

    private void Apply(IReadOnlySet<string> theirs)
    {
        var mine = new Dictionary<string, Action>(StringComparer.Ordinal)
        {
            [nameof(Webhook.Name)] = () => Webhook.Rename(Typed.Line(Input.Name)),
            [nameof(Webhook.Description)] = () => Webhook.Describe(Typed.Prose(Input.Description)),
            [nameof(Webhook.Url)] = () => Webhook.SendTo(Typed.Line(Input.Url)),
            [nameof(Webhook.Events)] = () => Webhook.Choose(Input.Chosen),
        };
        foreach (var (_, write) in mine.Where(m => !theirs.Contains(m.Key)))
        {
            write();
        }
    }

    private List<FormValue> Values() =>
    [
        new(nameof(Webhook.Name), "Name", Typed.Line(Input.Name), Webhook.Name),
        new(nameof(Webhook.Description), "What it is for", Typed.Prose(Input.Description), Webhook.Description),
        new(nameof(Webhook.Url), "Address", Typed.Line(Input.Url), Webhook.Url),
        new(nameof(Webhook.Events), "Events", ChangeRecorder.Text(Input.Chosen)!, ChangeRecorder.Text(Webhook.Events)!),
    ];

    private Task<long> SeenAsync(CancellationToken cancel) => FormConflict.SeenAsync(db, nameof(Webhook), Webhook.Id, cancel);

    private async Task<bool> FindAsync(int id, CancellationToken cancel) =>
        (Webhook = (await db.Webhooks.FirstOrDefaultAsync(w => w.Id == id, cancel))!) is not null;
}
