using System.Net;
using Crm.Accounts;
using Crm.Data;
using Crm.Tests.Host;
using Crm.Web.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Admin.Status;

public sealed class SystemTests
{
    [Fact]
    public async Task An_admin_sees_versions_sizes_queues_jobs_counts_and_slow_requests()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Requests:SlowMilliseconds"] = "600000");
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me, ("Ask", me, 0), ("Tell", me, 1));
        host.Services.GetRequiredService<SlowRequests>().Add(new SlowRequest(host.Now, "GET", "/projects/{id:int}", 200, 2345.6, 7, 1200.4, "0HN:0001"));
        await host.Services.GetRequiredService<DailyWork>().RunAsync(TestContext.Current.CancellationToken);
        host.Queries.Clear();

        var page = await browser.GetAsync("/system");

        Assert.InRange(host.Queries.Commands.Count, 1, 12);
        Assert.Equal((HttpStatusCode.OK, "System"), (page.Status, page.TextOf("h1")));
        var words = page.Html.Body!.TextContent;
        foreach (var expected in new[] { "0.1.0", ".NET 10", "free on its disk", "no mail server is set", "Daily work", "/projects/{id:int}", "2,346 ms", "1,200 ms, 7 queries", "0HN:0001" })
        {
            Assert.Contains(expected, words, StringComparison.Ordinal);
        }

        Assert.Equal(["Database", "Migrations", "Disk", "Backups", "Replication", "Mail", "Webhooks"], page.Html.QuerySelectorAll("[aria-labelledby=checks] tbody th").Select(th => th.TextContent));
        Assert.Equal("2", page.Html.QuerySelectorAll("[aria-labelledby=rows] .card").Single(card => card.QuerySelector("h3")!.TextContent == "Tasks").QuerySelector(".fig")!.TextContent);
    }

    [Fact]
    public async Task The_api_tells_the_same_to_admins_alone()
    {
        await using var host = await CrmHost.StartAsync();
        using var caller = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin));
        using var member = await host.CallAsync(await host.AddPersonAsync("Tom Baker"));

        var state = (await caller.GetAsync("/system")).Json;

        Assert.Equal(("true", "2"), (state["isReady"]!.ToJsonString(), state["rows"]!["people"]!.ToJsonString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/system")).Status);
    }

    [Fact]
    public async Task What_keeps_it_from_being_ready_stands_on_top()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Health:MinimumFreeMegabytes"] = "2000000000");
        var (browser, _) = await host.SignInAsync();

        Assert.Contains("The program is not ready. Only ", (await browser.GetAsync("/system")).TextOf(".callout.bad"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Daily_work_that_failed_is_shown_with_its_reason()
    {
        await using var host = await CrmHost.StartAsync();
        await host.SaveAsync(db => db.Database.ExecuteSqlRaw("ALTER TABLE SignIns RENAME TO Gone"));

        await host.Services.GetRequiredService<DailyWork>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Contains("old sign-ins: ", host.Services.GetRequiredService<Jobs>().All.Single(job => job.Name == "Daily work").Error, StringComparison.Ordinal);
    }
}
