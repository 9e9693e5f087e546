using Crm.Accounts;
using Crm.Timeline;

namespace Crm.Webhooks;

/// <summary>An address that is told what happens here, and of which events.</summary>
public sealed class Webhook : ITracked
{
    public const int NameLength = 80;
    public const int DescriptionLength = 500;
    public const int UrlLength = 500;
    public const int ReasonLength = 300;

    /// <summary>So many there may be: each is told of every change.</summary>
    public const int Most = 50;

    /// <summary>In place of events: all that there are, also those that come with a new version.</summary>
    public const string Everything = "*";

    /// <summary>How long the old secret goes on signing beside the new one.</summary>
    public static readonly TimeSpan SecretOverlap = TimeSpan.FromDays(1);

    private Webhook()
    {
    }

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string Url { get; private set; } = "";

    /// <summary>Names from <see cref="WebhookEvents.All"/>, or <see cref="Everything"/> alone.</summary>
    public List<string> Events { get; private set; } = [];

    /// <summary>Sealed; see <see cref="WebhookSecrets"/>.</summary>
    public string SealedSecret { get; private set; } = "";

    /// <summary>Signs too until <see cref="FormerSecretUntil"/>, so that a receiver can be changed in peace.</summary>
    public string? FormerSecret { get; private set; }

    public DateTime? FormerSecretUntil { get; private set; }

    /// <summary>Nothing is sent since then, and no event is kept for it.</summary>
    public DateTime? PausedAt { get; private set; }

    /// <summary>Null when somebody paused it by hand.</summary>
    public string? PauseReason { get; private set; }

    public int CreatedById { get; private set; }

    public Person CreatedBy { get; private set; } = null!;

    public DateTime CreatedAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>How the receiver does; the program's own notes.</summary>
    public WebhookHealth Health { get; private set; } = null!;

    int? ITracked.ProjectId => null;

    public bool TakesAll => Events is [Everything];

    public static Webhook Create(string name, string description, string url, IEnumerable<string> events, string sealedSecret, int createdById, DateTime now)
    {
        var webhook = new Webhook { SealedSecret = sealedSecret, CreatedById = createdById, CreatedAt = now, Health = new WebhookHealth() };
        webhook.Rename(name);
        webhook.Describe(description);
        webhook.SendTo(url);
        webhook.Choose(events);
        return webhook;
    }

    public void Rename(string name) => Name = name;

    public void Describe(string description) => Description = description;

    public void SendTo(string url) => Url = url;

    public void Choose(IEnumerable<string> events)
    {
        var chosen = WebhookEvents.InOrder(events);
        if (!Events.SequenceEqual(chosen, StringComparer.Ordinal))
        {
            Events = chosen;
        }
    }

    public bool Takes(string type) => TakesAll || Events.Contains(type, StringComparer.Ordinal);

    /// <param name="keepsOld">The present secret goes on signing for <see cref="SecretOverlap"/>.</param>
    public void Renew(string sealedSecret, bool keepsOld, DateTime now)
    {
        (FormerSecret, FormerSecretUntil) = (keepsOld ? SealedSecret : null, keepsOld ? now + SecretOverlap : null);
        SealedSecret = sealedSecret;
    }

    /// <summary>Sealed secrets that sign now, the newest first.</summary>
    public IReadOnlyList<string> SecretsAt(DateTime now) => FormerSecret is not null && now < FormerSecretUntil ? [SealedSecret, FormerSecret] : [SealedSecret];

    /// <param name="reason">Why the program does it by itself; null when somebody does.</param>
    public void Pause(DateTime now, string? reason = null)
    {
        if (PausedAt is null)
        {
            (PausedAt, PauseReason) = (now, reason);
        }
    }

    /// <summary>Needs <see cref="Health"/>. What waits is due as soon as its time comes.</summary>
    public void Resume()
    {
        (PausedAt, PauseReason) = (null, null);
        Health.StartAnew();
    }

    /// <summary>Something to try it out with, for the outbox. Needs <see cref="Health"/>.</summary>
    /// <param name="url">Of its page.</param>
    public WebhookDelivery Test(string url, CurrentUser by, Via via, DateTime now)
    {
        Health.Wake();
        return WebhookDelivery.Of(Id, EventRecorder.NewMessageId(), WebhookEvents.Test, WebhookPayload.OfTest(this, url, by, via, now), now);
    }

    public void Delete(DateTime now) => DeletedAt ??= now;

    /// <summary>It comes back paused: whoever restores it looks first where it leads.</summary>
    public void Restore(DateTime now)
    {
        DeletedAt = null;
        Pause(now);
    }
}
