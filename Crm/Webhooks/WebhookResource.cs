using System.ComponentModel.DataAnnotations;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Webhooks;

/// <summary>A webhook as the API shows it. Its secret is shown when it is made and never again.</summary>
/// <param name="Events">Names of events, or <c>*</c> alone for all of them.</param>
/// <param name="FormerSecretUntil">Two secrets sign until then; null while one does.</param>
/// <param name="PausedAt">Nothing is sent since then; null while it is active.</param>
/// <param name="PauseReason">Why it was paused by itself; null when somebody did it.</param>
/// <param name="Health">How its receiver does.</param>
/// <param name="Version">Grows with each change; the ETag begins with it.</param>
public sealed record WebhookResource(
    int Id,
    string Name,
    string Description,
    string Url,
    IReadOnlyList<string> Events,
    DateTime? FormerSecretUntil,
    DateTime? PausedAt,
    string? PauseReason,
    PersonName CreatedBy,
    DateTime CreatedAt,
    ReceiverHealth Health,
    int Version);

/// <summary>How a receiver does.</summary>
/// <param name="LastStatus">The HTTP status of the last answer; null when none came.</param>
/// <param name="LastError">Why there was no answer, or what was wrong with it.</param>
/// <param name="FailingSince">Nothing got through since then; null when the last message did.</param>
public sealed record ReceiverHealth(DateTime? LastAttemptAt, int? LastStatus, string? LastError, DateTime? FailingSince);

/// <summary>A webhook that was made, with its secret.</summary>
/// <param name="Secret">Messages are signed with it. Shown this once.</param>
public sealed record MadeWebhook(int Id, string Secret);

/// <summary>A new secret of a webhook.</summary>
/// <param name="Secret">Messages are signed with it. Shown this once.</param>
/// <param name="FormerSecretUntil">The old one signs too until then; null when it is worthless already.</param>
public sealed record NewSecret(string Secret, DateTime? FormerSecretUntil);

/// <summary>What it takes to make a webhook.</summary>
public sealed record CreateWebhook
{
    [Line(Webhook.NameLength, Required = true)]
    public string? Name { get; init; }

    [Prose(Webhook.DescriptionLength)]
    public string? Description { get; init; }

    /// <summary>A public <c>https</c> address.</summary>
    [Line(Webhook.UrlLength, Required = true)]
    public string? Url { get; init; }

    /// <summary>Names of events, or <c>*</c> alone for all of them.</summary>
    [Required(ErrorMessage = "Name the events, or send [\"*\"] for all.")]
    [MaxLength(100, ErrorMessage = "There are not so many events.")]
    public IReadOnlyList<string>? Events { get; init; }

    internal WebhookInput ToInput() => WebhookResources.Input(Name, Description, Url, Events);
}

/// <summary>What of a webhook can be changed. What is not sent stays as it is.</summary>
public sealed record WebhookPatch
{
    [Line(Webhook.NameLength, Required = true)]
    public string? Name { get; init; }

    [Prose(Webhook.DescriptionLength)]
    public string? Description { get; init; }

    /// <summary>A public <c>https</c> address.</summary>
    [Line(Webhook.UrlLength, Required = true)]
    public string? Url { get; init; }

    /// <summary>Names of events, or <c>*</c> alone for all of them.</summary>
    [Required(ErrorMessage = "Name the events, or send [\"*\"] for all.")]
    [MaxLength(100, ErrorMessage = "There are not so many events.")]
    public IReadOnlyList<string>? Events { get; init; }
}

/// <summary>How a secret is to be renewed.</summary>
public sealed record RenewSecret
{
    /// <summary>The old secret goes on signing beside the new one for a day, which is the default; otherwise it is worthless at once.</summary>
    public bool? KeepOld { get; init; }
}

/// <summary>A message to one webhook, as the log shows it.</summary>
/// <param name="MessageId">The header <c>webhook-id</c>: the same with each attempt.</param>
/// <param name="Attempts">How often it was sent off.</param>
/// <param name="NextAttemptAt">Null when none is to come.</param>
/// <param name="LastStatus">The HTTP status of the last answer; null when none came.</param>
/// <param name="LastError">Why there was no answer, or what was wrong with it.</param>
public sealed record DeliveryResource(
    long Id, string MessageId, string Event, DeliveryState State, DateTime CreatedAt, int Attempts, DateTime? NextAttemptAt, int? LastStatus, string? LastError)
{
    public static DeliveryResource Of(WebhookDelivery delivery) => new(
        delivery.Id, delivery.MessageId, delivery.Event, delivery.State, delivery.CreatedAt, delivery.Attempts, delivery.NextAttemptAt, delivery.LastStatus, delivery.LastError);
}

/// <summary>A message with what was sent and what came back.</summary>
/// <param name="Payload">The JSON as it is sent and signed.</param>
/// <param name="Log">The last 50 attempts, newest first.</param>
public sealed record DeliveryDetails(DeliveryResource Delivery, string Payload, IReadOnlyList<AttemptResource> Log);

/// <summary>One time that a message was sent off.</summary>
/// <param name="Status">The HTTP status of the answer; null when none came.</param>
/// <param name="Answer">How the answer begins: 2 KB at most.</param>
/// <param name="Error">Why there was no answer, or what was wrong with it.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record AttemptResource(DateTime At, int? Status, string Answer, string? Error, int Milliseconds);

/// <summary>Which messages a list of the API holds.</summary>
public sealed record DeliveryQuery
{
    /// <summary>Only those of this state.</summary>
    [FromQuery(Name = "state")]
    public Choice<DeliveryState>? State { get; init; }
}

/// <summary>Webhooks and deliveries as the API reads and shows them.</summary>
internal static class WebhookResources
{
    public static WebhookInput Input(string? name, string? description, string? url, IReadOnlyList<string>? events)
    {
        var isAll = events is [Webhook.Everything];
        return new WebhookInput { Name = name, Description = description, Url = url, Everything = isAll, Events = isAll ? [] : [.. events ?? []] };
    }

    public static IQueryable<WebhookResource> AsResources(this IQueryable<Webhook> webhooks) => webhooks.Select(w => new WebhookResource(
        w.Id,
        w.Name,
        w.Description,
        w.Url,
        w.Events,
        w.FormerSecretUntil,
        w.PausedAt,
        w.PauseReason,
        new PersonName(w.CreatedById, w.CreatedBy.Name),
        w.CreatedAt,
        new ReceiverHealth(w.Health.LastAttemptAt, w.Health.LastStatus, w.Health.LastError, w.Health.FailingSince),
        w.Version));

    public static IQueryable<DeliveryResource> AsResources(this IQueryable<WebhookDelivery> deliveries) => deliveries.Select(d => new DeliveryResource(
        d.Id, d.MessageId, d.Event, d.State, d.CreatedAt, d.Attempts, d.NextAttemptAt, d.LastStatus, d.LastError));
}
