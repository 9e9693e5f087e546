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
    public async Task<SystemStateResource> MakeAsync(CancellationToken cancel)
    {
        var ready = await readiness.LookAsync();
        var mail = outbox.Queue();
        using var process = Process.GetCurrentProcess();
        return new SystemStateResource(
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

    /// <summary>Exact counts, each of which reads a whole index: for a page that admins open now and then. In LINQ each would be a query of its own.</summary>
    private Task<RowsResource> RowsAsync(CancellationToken cancel) => db.Database.SqlQuery<RowsResource>($"""
        SELECT (SELECT count(*) FROM "People") AS "People", (SELECT count(*) FROM "Projects") AS "Projects", (SELECT count(*) FROM "Tasks") AS "Tasks",
               (SELECT count(*) FROM "Interactions") AS "Comments", (SELECT count(*) FROM "Ratings") AS "Ratings", (SELECT count(*) FROM "Changes") AS "Changes"
        """).SingleAsync(cancel);
}
