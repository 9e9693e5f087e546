namespace Crm.Webhooks;

/// <summary>How a receiver does: what the program notes with each answer. Apart from the webhook, whose version is its admins'.</summary>
public sealed class WebhookHealth
{
    /// <summary>So long nothing may succeed before a webhook is paused.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>So many failures in a row are nothing to slow down for.</summary>
    private const int Forgiven = 2;

    public int WebhookId { get; private set; }

    public DateTime? LastAttemptAt { get; private set; }

    public int? LastStatus { get; private set; }

    public string? LastError { get; private set; }

    /// <summary>Nothing succeeded since then; null when the last attempt did.</summary>
    public DateTime? FailingSince { get; private set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>Before this nothing more is sent: the receiver asked for it, or does not answer.</summary>
    public DateTime? RestsUntil { get; private set; }

    public bool HasFailedLastingly(DateTime now) => now - FailingSince >= Patience;

    public void Note(WebhookAnswer answer, DateTime now)
    {
        (LastAttemptAt, LastStatus, LastError) = (now, answer.Status, answer.Error);
        if (answer.IsSuccess)
        {
            (FailingSince, Failures, RestsUntil) = (null, 0, null);
            return;
        }

        FailingSince ??= now;
        Failures++;
        var rest = answer.RetryAfter ?? RestAfter(Failures);
        RestsUntil = rest > TimeSpan.Zero ? now + rest : null;
    }

    /// <summary>Somebody had a hand in it: what was before counts no more.</summary>
    public void StartAnew() => (FailingSince, Failures, RestsUntil) = (null, 0, null);

    /// <summary>Does not keep what waits from being tried now.</summary>
    public void Wake() => RestsUntil = null;

    // A receiver that is down is not asked with each of the events that wait for it.
    private static TimeSpan RestAfter(int failures) => failures <= Forgiven
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, FirstRest.Ticks << Math.Min(failures - Forgiven - 1, 10)));
}
