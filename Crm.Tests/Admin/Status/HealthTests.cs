using System.Net;
using System.Net.Http.Headers;
using Crm.Accounts;
using Crm.Data;
using Crm.Notifications;
using Crm.Tests.Host;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Admin.Status;

public sealed class HealthTests
{
    [Fact]
    public async Task It_is_alive_without_a_database_without_a_limit_and_whoever_asks()
    {
        await using var host = await CrmHost.StartAsync(setUp: false, configure: builder => builder.Configuration["Limits:Visits"] = "1");
        using var stranger = await host.VisitAsync();
        await host.SaveAsync(db => db.Database.ExecuteSqlRaw("ALTER TABLE Workspace RENAME TO Gone"));
        host.Queries.Clear();

        for (var i = 0; i < 3; i++)
        {
            var answer = await stranger.GetAsync("/healthz");
            Assert.Equal((HttpStatusCode.OK, "ok\n", "text/plain; charset=utf-8"), (answer.Status, answer.Text, answer.Header("Content-Type")));
        }

        Assert.Empty(host.Queries.All);
        Assert.Contains("default-src 'none'", (await stranger.GetAsync("/healthz")).Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_it_is_ready_is_told_to_everybody_and_why_to_admins_alone()
    {
        await using var host = await CrmHost.StartAsync();
        var (admin, me) = await host.SignInAsync();
        var (member, _) = await host.SignInAsync(Role.Member);
        using var stranger = await host.VisitAsync();
        using var call = new HttpRequestMessage(HttpMethod.Get, "/readyz");
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await (await ProgramSession.StartAsync(host, me)).TokenAsync());

        var details = (await admin.GetAsync("/readyz")).Text;

        Assert.Equal("ready\n", (await stranger.GetAsync("/readyz")).Text);
        Assert.Equal("ready\n", (await member.GetAsync("/readyz")).Text);
        Assert.Equal(["ready", "database: good", "migrations: good", "disk: good", "backups: good", "replication: good", "mail: good", "webhooks: good"], details.Trim().Split('\n').Select(line => line.Split('.')[0]));
        Assert.Equal(details, (await stranger.SendAsync(call)).Text);
    }

    [Fact]
    public async Task While_another_program_holds_the_write_lock_it_is_alive_and_not_ready()
    {
        await using var host = await CrmHost.StartAsync();
        var (admin, _) = await host.SignInAsync();
        using var stranger = await host.VisitAsync();
        await using (await host.WriteAsync())
        {
            var refused = await stranger.GetAsync("/readyz");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready\n"), (refused.Status, refused.Text));
            Assert.Contains("database: bad. Its write lock cannot be had", (await admin.GetAsync("/readyz")).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/healthz")).Status);
        }

        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("ready\n", (await stranger.GetAsync("/readyz")).Text);
    }

    [Fact]
    public async Task Monitors_may_ask_as_often_and_in_the_way_they_like()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Limits:Visits"] = "1");
        using var stranger = await host.VisitAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((HttpStatusCode.OK, "ready\n"), ((await stranger.GetAsync("/readyz")).Status, (await stranger.GetAsync("/readyz")).Text));
            Assert.Equal(HttpStatusCode.OK, (await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/readyz"))).Status);
        }
    }

    [Fact]
    public async Task A_folder_that_takes_no_file_makes_it_not_ready_though_the_write_lock_is_free()
    {
        await using var host = await CrmHost.StartAsync();
        var (admin, _) = await host.SignInAsync();
        // What no file can be put in the place of, as on a disk without room.
        Directory.CreateDirectory(Path.Combine(host.Folder.Root, ".probe"));

        var answer = await admin.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("database: bad. Nothing can be saved just now.", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT max(MigrationId) FROM __EFMigrationsHistory)", "migrations: bad. 1 are still to be done")]
    [InlineData(null, "disk: bad. Only ")]
    public async Task A_migration_that_is_missing_and_a_disk_that_is_full_make_it_not_ready(string? sql, string words)
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Health:MinimumFreeMegabytes"] = sql is null ? "2000000000" : "1");
        var (admin, _) = await host.SignInAsync();
        if (sql is not null)
        {
            await host.SaveAsync(db => db.Database.ExecuteSqlRaw(sql));
        }

        var answer = await admin.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains(words, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_do_not_go_out_are_worth_a_look_and_keep_nobody_from_working()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var (admin, me) = await host.SignInAsync();
        await host.Services.GetRequiredService<Outbox>().PutAsync("ines@example.com", "Hello", "Hello", TestContext.Current.CancellationToken);
        var webhook = Webhook.Create("x", "", "https://example.invalid/", ["task.created"], host.Services.GetRequiredService<WebhookSecrets>().Seal(WebhookSecrets.Make()), me.Id, host.Now);
        await host.SaveAsync(db => db.Webhooks.Add(webhook));
        await host.SaveAsync(db => db.WebhookDeliveries.Add(WebhookDelivery.Of(webhook.Id, "msg_x", "task.created", "{}", host.Now)));
        var early = await admin.GetAsync("/readyz");
        host.Time.Advance(TimeSpan.FromMinutes(31));

        var late = await admin.GetAsync("/readyz");

        Assert.Contains("mail: good. 1 waits, the oldest since 2026-06-01 09:00 UTC.", early.Text, StringComparison.Ordinal);
        Assert.StartsWith("ready\n", late.Text, StringComparison.Ordinal);
        Assert.Contains("mail: degraded. ", late.Text, StringComparison.Ordinal);
        Assert.Contains("webhooks: degraded. 1 waits", late.Text, StringComparison.Ordinal);

        await host.SaveAsync(db => db.Database.ExecuteSqlRaw("UPDATE Webhooks SET PausedAt = CreatedAt"));
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("webhooks: good. Nothing waits.", (await admin.GetAsync("/readyz")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_who_ask_at_the_same_time_cost_one_look()
    {
        await using var host = await CrmHost.StartAsync();
        using var stranger = await host.VisitAsync();
        await stranger.GetAsync("/readyz");
        host.Queries.Clear();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stranger.GetAsync("/readyz")));
        Assert.Empty(host.Queries.Commands);

        host.Time.Advance(TimeSpan.FromSeconds(1));
        await stranger.GetAsync("/readyz");
        Assert.NotEmpty(host.Queries.Commands);
    }
}
