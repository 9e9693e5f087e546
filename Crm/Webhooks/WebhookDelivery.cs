namespace Crm.Webhooks;

public enum DeliveryState
{
    /// <summary>Waits for its next attempt.</summary>
    Pending,
    Sent,

    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>One event for one webhook: what is sent, and what came of it. Written in the transaction of the change that it tells of.</summary>
public sealed class WebhookDelivery
{
    public const int MessageIdLength = 40;
    public const int EventLength = 40;

    private readonly List<WebhookAttempt> _attempts = [];

    private WebhookDelivery()
    {
    }

    public long Id { get; private set; }

    public int WebhookId { get; private set; }

    public Webhook Webhook { get; private set; } = null!;

    /// <summary>Such as <c>msg_…</c>: the same for all webhooks that are told of the event, and with each attempt.</summary>
    public string MessageId { get; private set; } = "";

    /// <summary>Such as <c>task.created</c>.</summary>
    public string Event { get; private set; } = "";

    /// <summary>JSON, as it is sent and signed.</summary>
    public string Payload { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DeliveryState State { get; private set; }

    /// <summary>Attempts in all.</summary>
    public int Attempts { get; private set; }

    /// <summary>How far it has come in the table of <see cref="RetryTimes"/>.</summary>
    public int Step { get; private set; }

    /// <summary>Null when none is to come.</summary>
    public DateTime? NextAttemptAt { get; private set; }

    public int? LastStatus { get; private set; }

    public string? LastError { get; private set; }

    public IReadOnlyList<WebhookAttempt> Log => _attempts;

    public static WebhookDelivery Of(int webhookId, string messageId, string type, string payload, DateTime now) => new()
    {
        WebhookId = webhookId,
        MessageId = messageId,
        Event = type,
        Payload = payload,
        CreatedAt = now,
        NextAttemptAt = now,
    };

    /// <param name="at">When it was sent off.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public void Note(WebhookAnswer answer, DateTime at, DateTime now, double jitter)
    {
        _attempts.Add(new WebhookAttempt(at, answer));
        Attempts++;
        (LastStatus, LastError) = (answer.Status, answer.Error);
        NextAttemptAt = answer.IsSuccess || answer.IsFinal ? null : RetryTimes.After(Step, now, jitter);
        if (answer.RetryAfter is { } wait && NextAttemptAt < now + wait)
        {
            NextAttemptAt = now + wait;
        }

        Step++;
        State = answer.IsSuccess ? DeliveryState.Sent : NextAttemptAt is null ? DeliveryState.Failed : DeliveryState.Pending;
    }

    /// <summary>
    /// Once more, from the start of the table: the same message under the same id. Needs <see cref="Webhook"/> with its health.
    /// </summary>
    public void SendAgain(DateTime now)
    {
        (State, Step, NextAttemptAt) = (DeliveryState.Pending, 0, now);
        Webhook.Health.Wake();
    }

    /// <summary>Is not tried any more.</summary>
    public void GiveUp(string why) => (State, NextAttemptAt, LastError) = (DeliveryState.Failed, null, why);
}

/// <summary>One time that a delivery was sent off.</summary>
public sealed class WebhookAttempt
{
    public const int AnswerLength = 2_048;
    public const int ErrorLength = 300;

    private WebhookAttempt()
    {
    }

    internal WebhookAttempt(DateTime at, WebhookAnswer answer) =>
        (At, Status, Answer, Error, Milliseconds) = (at, answer.Status, answer.Body, answer.Error, answer.Milliseconds);

    public long Id { get; private set; }

    public long DeliveryId { get; private set; }

    public DateTime At { get; private set; }

    /// <summary>Null when none came.</summary>
    public int? Status { get; private set; }

    /// <summary>How the answer begins.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>Why there is no answer, or why it is none to be content with.</summary>
    public string? Error { get; private set; }

    public int Milliseconds { get; private set; }
}
