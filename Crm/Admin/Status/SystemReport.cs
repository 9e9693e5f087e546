using System.Diagnostics;
using System.Runtime.InteropServices;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Notifications;
using Crm.Web;
using Crm.Web.Requests;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Admin.Status;

/// <summary>Gathers how the program does, for its page and for the API.</summary>
public sealed class SystemReport(CrmDb db, DataFolder folder, Readiness readiness, Outbox outbox, Jobs jobs, SlowRequests slow)
{
    public async Task<SystemResource> MakeAsync(CancellationToken cancel)
    {
        var ready = await readiness.LookAsync();
        var mail = outbox.Queue();
        using var process = Process.GetCurrentProcess();
        return new SystemResource(
            Telemetry.Version,
            RuntimeInformation.FrameworkDescription,
            process.StartTime.ToUniversalTime(),
            process.WorkingSet64,
            Snapshots.SizeOf(folder.Database),
            Disk.FreeAt(folder.Root),
            ready.Status != HealthStatus.Unhealthy,
            [.. ready.Entries.Select(e => new CheckResource(e.Key, Health.Word(e.Value.Status), e.Value.Description))],
            new MailQueueResource(outbox.IsOpen, mail.Count, mail.Oldest, outbox.Refused()),
            await WebhooksAsync(cancel),
            jobs.All,
            await RowsAsync(cancel),
            slow.Count,
            slow.Last());
    }

    private async Task<WebhookQueueResource> WebhooksAsync(CancellationToken cancel)
    {
        var queue = await OutboxCheck.QueueAsync(db, cancel);
        var paused = await db.Webhooks.GroupBy(w => w.PausedAt != null).Select(g => new { IsPaused = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.IsPaused, g => g.Count, cancel);
        return new WebhookQueueResource(queue.Count, queue.Oldest, paused.GetValueOrDefault(false), paused.GetValueOrDefault(true));
    }

    /// <summary>Exact counts in one query. They read a whole index each: for a page that admins open now and then.</summary>
    private Task<RowsResource> RowsAsync(CancellationToken cancel) => db.Workspaces.Select(_ => new RowsResource(
        db.People.IgnoreQueryFilters().Count(),
        db.Projects.IgnoreQueryFilters().Count(),
        db.Tasks.IgnoreQueryFilters().Count(),
        db.Interactions.IgnoreQueryFilters().Count(),
        db.Ratings.IgnoreQueryFilters().Count(),
        db.Changes.Count())).FirstAsync(cancel);
}
