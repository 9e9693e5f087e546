using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>A webhook as a list shows it.</summary>
/// <param name="Waiting">Messages that are still to be sent, up to <see cref="MostCounted"/>.</param>
/// <param name="Failed">Messages that were given up, up to <see cref="MostCounted"/>.</param>
public sealed record WebhookRow(
    int Id, string Name, string Url, DateTime? PausedAt, DateTime? FailingSince, DateTime? LastAttemptAt, int? LastStatus, string? LastError, int Waiting, int Failed)
{
    /// <summary>More are “99+”: counting costs as much as there is to count.</summary>
    public const int MostCounted = 100;

    public string Host => new Uri(Url).Host;
}

/// <summary>A delivery as the log shows it.</summary>
public sealed record DeliveryRow(long Id, string Event, string MessageId, DateTime CreatedAt, DeliveryState State, int Attempts, DateTime? NextAttemptAt, int? LastStatus, string? LastError);

public static class WebhookQueries
{
    /// <summary>All of them, by name: there are few.</summary>
    public static IQueryable<WebhookRow> Rows(this CrmDb db) => db.Webhooks.AsNoTracking().OrderBy(w => w.Name).ThenBy(w => w.Id).Select(w => new WebhookRow(
        w.Id,
        w.Name,
        w.Url,
        w.PausedAt,
        w.Health.FailingSince,
        w.Health.LastAttemptAt,
        w.Health.LastStatus,
        w.Health.LastError,
        db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.WebhookId == w.Id && d.State == DeliveryState.Pending).OrderBy(d => d.Id).Take(WebhookRow.MostCounted).Count(),
        db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.WebhookId == w.Id && d.State == DeliveryState.Failed).OrderBy(d => d.Id).Take(WebhookRow.MostCounted).Count()));

    /// <summary>Newest first.</summary>
    /// <param name="state">Null for all.</param>
    public static IQueryable<DeliveryRow> Log(this CrmDb db, int webhookId, DeliveryState? state) => db.WebhookDeliveries.AsNoTracking()
        .Where(d => d.WebhookId == webhookId && (state == null || d.State == state))
        .OrderByDescending(d => d.Id)
        .Select(d => new DeliveryRow(d.Id, d.Event, d.MessageId, d.CreatedAt, d.State, d.Attempts, d.NextAttemptAt, d.LastStatus, d.LastError));
}
