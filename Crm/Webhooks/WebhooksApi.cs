using Crm.Accounts;
using Crm.History;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>The webhooks over the API. What was sent stands in <see cref="DeliveriesApi"/>.</summary>
public static class WebhooksApi
{
    private static readonly Keyset<Webhook> ByName = new("name", Keyset<Webhook>.By(w => w.Name));

    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks");
        webhooks.MapGet("", ListAsync).WithName("listWebhooks");
        webhooks.MapPost("", CreateAsync).WithName("createWebhook");
        webhooks.MapGet("/{id:int}", GetAsync).WithName("getWebhook");
        webhooks.MapPatch("/{id:int}", ChangeAsync).WithName("updateWebhook");
        webhooks.MapDelete("/{id:int}", DeleteAsync).WithName("deleteWebhook");
        webhooks.MapPost("/{id:int}/secret", RenewAsync).WithName("renewWebhookSecret");
        webhooks.MapPost("/{id:int}/pause", PauseAsync).WithName("pauseWebhook");
        webhooks.MapPost("/{id:int}/resume", ResumeAsync).WithName("resumeWebhook");
        webhooks.MapPost("/{id:int}/restore", RestoreAsync).WithName("restoreWebhook");
        webhooks.MapDeliveries();
    }

    /// <summary>List webhooks</summary>
    /// <remarks>By name.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Listed<WebhookResource>> ListAsync([AsParameters] PageQuery page, [AsParameters] Call call) =>
        new(await ByName.ReadAsync(call.Db.Webhooks.AsNoTracking(), page, some => some.AsResources(), w => w.Id, call.Cancel));

    /// <summary>Create a webhook</summary>
    /// <remarks>The answer holds the secret that messages are signed with, this once. Needs a proof of who the caller is from within the last ten minutes.</remarks>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    internal static async Task<Results<MadeOnce<MadeWebhook>, Refusal>> CreateAsync(CreateWebhook input, Targets targets, WebhookSecrets secrets, [AsParameters] Call call)
    {
        var wanted = input.ToInput();
        if (Mistakes(wanted, targets) is { } invalid)
        {
            return invalid;
        }

        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (await call.Db.Webhooks.CountAsync(call.Cancel) >= Webhook.Most)
        {
            return Refusal.Conflict(CreateModel.TooMany);
        }

        var secret = WebhookSecrets.Make();
        var webhook = Webhook.Create(Typed.Line(wanted.Name), Typed.Prose(wanted.Description), Typed.Line(wanted.Url), wanted.Chosen, secrets.Seal(secret), call.User.Id, call.Clock.Now);
        call.Db.Webhooks.Add(webhook);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return new MadeOnce<MadeWebhook>(new MadeWebhook(webhook.Id, secret), $"{ApiRoutes.Prefix}/webhooks/{webhook.Id}");
    }

    /// <summary>Get a webhook</summary>
    /// <remarks>With how its receiver does.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<WebhookResource>, Refusal>> GetAsync(int id, [AsParameters] Call call) =>
        await call.Db.Webhooks.AsNoTracking().Where(w => w.Id == id).AsResources().FirstOrDefaultAsync(call.Cancel) is { } webhook
            ? new Tagged<WebhookResource>(webhook, webhook.Version)
            : Refusal.NotFound;

    /// <summary>Change a webhook</summary>
    /// <remarks>A JSON merge patch: what is not sent stays as it is. What waits goes to the new address. Needs a proof of who the caller is from within the last ten minutes.</remarks>
    /// <param name="ifMatch">The ETag of the webhook as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    internal static async Task<Results<Tagged<WebhookResource>, Refusal>> ChangeAsync(
        int id, MergePatch<WebhookPatch> patch, Targets targets, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var webhook = await call.Db.Webhooks.FirstOrDefaultAsync(w => w.Id == id, call.Cancel);
        if ((Refusal.Of(webhook, _ => true, ifMatch) ?? Apply(patch, webhook, targets)) is { } refusal)
        {
            return refusal;
        }

        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return await ShowAsync(id, call);
    }

    /// <summary>Delete a webhook</summary>
    /// <remarks>Nothing more is sent to it. It can be restored for 30 days.</remarks>
    /// <param name="ifMatch">The ETag of the webhook as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<NoContent, Refusal>> DeleteAsync(int id, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call) =>
        await ActAsync(id, w => w.Delete(call.Clock.Now), call.Db.Webhooks, call, ifMatch) is { } refusal ? refusal : TypedResults.NoContent();

    /// <summary>Renew the secret of a webhook</summary>
    /// <remarks>The answer holds the new one, this once. Needs a proof of who the caller is from within the last ten minutes.</remarks>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    internal static async Task<Results<ShownOnce<NewSecret>, Refusal>> RenewAsync(int id, RenewSecret input, WebhookSecrets secrets, [AsParameters] Call call)
    {
        var secret = WebhookSecrets.Make();
        DateTime? until = null;
        return await ActAsync(id, Renew, call.Db.Webhooks, call) is { } refusal ? refusal : new ShownOnce<NewSecret>(new NewSecret(secret, until));

        void Renew(Webhook webhook)
        {
            webhook.Renew(secrets.Seal(secret), input.KeepOld != false, call.Clock.Now);
            until = webhook.FormerSecretUntil;
        }
    }

    /// <summary>Pause a webhook</summary>
    /// <remarks>What waits is kept; what happens meanwhile is not kept for it.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<WebhookResource>, Refusal>> PauseAsync(int id, [AsParameters] Call call) =>
        await ActAsync(id, w => w.Pause(call.Clock.Now), call.Db.Webhooks, call) is { } refusal ? refusal : await ShowAsync(id, call);

    /// <summary>Resume a webhook</summary>
    /// <remarks>What waited is sent now.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<WebhookResource>, Refusal>> ResumeAsync(int id, [AsParameters] Call call) =>
        await ActAsync(id, w => w.Resume(), call.Db.Webhooks, call) is { } refusal ? refusal : await ShowAsync(id, call);

    /// <summary>Restore a deleted webhook</summary>
    /// <remarks>Within 30 days after it was deleted. It comes back paused.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<WebhookResource>, Refusal>> RestoreAsync(int id, [AsParameters] Call call) =>
        await ActAsync(id, w => w.Restore(call.Clock.Now), call.Db.Webhooks.IgnoreQueryFilters(), call) is { } refusal ? refusal : await ShowAsync(id, call);

    private static Refusal? Apply(MergePatch<WebhookPatch> patch, Webhook webhook, Targets targets)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Inputs.Judge(patch.Values, errors, patch.Sent);
        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        T Sent<T>(string property, T sent, T present) => patch.Sent.Contains(property) ? sent : present;
        var wanted = WebhookResources.Input(
            Sent(nameof(Webhook.Name), patch.Values.Name, webhook.Name),
            Sent(nameof(Webhook.Description), patch.Values.Description, webhook.Description),
            Sent(nameof(Webhook.Url), patch.Values.Url, webhook.Url),
            Sent(nameof(Webhook.Events), patch.Values.Events, webhook.Events));
        if (Mistakes(wanted, targets) is { } invalid)
        {
            return invalid;
        }

        webhook.Rename(Typed.Line(wanted.Name));
        webhook.Describe(Typed.Prose(wanted.Description));
        webhook.SendTo(Typed.Line(wanted.Url));
        webhook.Choose(wanted.Chosen);
        return null;
    }

    private static Refusal? Mistakes(WebhookInput wanted, Targets targets)
    {
        var mistakes = wanted.Mistakes(targets).ToDictionary(m => ApiJson.Name(m.Property), m => new[] { m.Words }, StringComparer.Ordinal);
        return mistakes.Count == 0 ? null : Refusal.Invalid(mistakes);
    }

    private static async Task<Refusal?> ActAsync(int id, Action<Webhook> act, IQueryable<Webhook> among, Call call, string? ifMatch = null)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var webhook = await among.Include(w => w.Health).FirstOrDefaultAsync(w => w.Id == id, call.Cancel);
        if (Refusal.Of(webhook, _ => true, ifMatch) is { } refusal)
        {
            return refusal;
        }

        if (Trash.IsOver(webhook.DeletedAt, call.Clock.Now))
        {
            return Refusal.Gone(Trash.TooLate(webhook.Name));
        }

        act(webhook);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return null;
    }

    private static async Task<Tagged<WebhookResource>> ShowAsync(int id, Call call)
    {
        var webhook = await call.Db.Webhooks.AsNoTracking().Where(w => w.Id == id).AsResources().FirstAsync(call.Cancel);
        return new Tagged<WebhookResource>(webhook, webhook.Version);
    }
}
