using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Web.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Web.Requests;

public sealed class RequestLogTests
{
    /// <summary>Stand in addresses, forms and records, and must stand nowhere in a log.</summary>
    private static readonly string[] Secrets = ["Quillon", "quillon@example.com", "wordsinacomment", "tokeninapath", "searchedfor", "Harbourproject", "wrongpassword", CrmHost.Password];

    [Fact]
    public async Task No_name_no_address_no_secret_and_nothing_that_somebody_wrote_is_in_the_log()
    {
        using var log = new CapturedLog();
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            log.Attach(builder);
            MailHost.Unreachable(builder);
            builder.Configuration["Logging:LogLevel:Crm.Requests"] = "Information";
            builder.Configuration["Logging:LogLevel:Microsoft.AspNetCore"] = "Information";
        });
        var me = await host.AddPersonAsync("Quillon Marsh", Role.Admin, "quillon@example.com");
        using var browser = await host.VisitAsync(me);
        using var stranger = await host.VisitAsync();
        using var caller = await host.CallAsync(me);
        var project = await host.AddProjectAsync("Harbourproject", me);

        await stranger.PostAsync("/sign-in", ("Email", "quillon@example.com"), ("Password", "wrongpassword"));
        await stranger.PostAsync("/forgot", ("Email", "quillon@example.com"));
        foreach (var path in new[] { "/join/tokeninapath", "/reset/tokeninapath", "/email/tokeninapath", "/nowhere/tokeninapath?q=searchedfor", "/sign-in?returnUrl=/tokeninapath" })
        {
            await stranger.GetAsync(path);
        }

        await browser.GetAsync("/projects?q=searchedfor");
        await browser.GetAsync("/projects/searchedfor");
        Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "wordsinacomment"))).Status);
        await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "wordsinacomment" + new string('x', 100_000)));
        await caller.GetAsync("/projects?q=searchedfor");
        await host.SaveAsync(db => db.Database.ExecuteSqlRaw("ALTER TABLE Interactions RENAME TO Gone"));
        Assert.Equal(HttpStatusCode.InternalServerError, (await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "wordsinacomment"))).Status);

        Assert.Contains(log.All, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("Interactions", StringComparison.Ordinal));
        Assert.Contains(log.Of(RequestWatch.Category), line => line.Contains("GET /join/{token} 410", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => Secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_line_names_route_status_and_person_by_number_and_has_the_id_that_the_answer_shows()
    {
        using var log = new CapturedLog();
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            log.Attach(builder);
            builder.Configuration["Logging:LogLevel:Crm.Requests"] = "Information";
            builder.Configuration["Requests:SlowMilliseconds"] = "600000";
        });
        var (browser, me) = await host.SignInAsync();

        var missing = await browser.GetAsync("/projects/77?x=1");

        var line = Assert.Single(log.Of(RequestWatch.Category));
        Assert.StartsWith("Information GET /projects/{id:int} 404 in ", line, StringComparison.Ordinal);
        Assert.Contains($"person {me.Id} |", line, StringComparison.Ordinal);
        Assert.Contains($"RequestId={missing.TextOf(".hint")!["Request ".Length..]}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_being_asked_it_writes_only_of_what_fails_and_what_is_refused_and_little_of_those_who_ask_too_often()
    {
        using var log = new CapturedLog();
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            log.Attach(builder);
            builder.Configuration["Limits:Visits"] = "1";
            builder.Configuration["Requests:SlowMilliseconds"] = "600000";
        });
        var (browser, _) = await host.SignInAsync(Role.Member);
        using var stranger = await host.VisitAsync();

        await browser.GetAsync("/");
        await browser.GetAsync("/settings");
        for (var i = 0; i < 20; i++)
        {
            await stranger.GetAsync("/sign-in");
        }

        var lines = log.Of(RequestWatch.Category);
        Assert.StartsWith("Warning GET /settings 403", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Warning GET /sign-in 429", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.StartsWith("Warning", line, StringComparison.Ordinal));
        Assert.InRange(lines.Count, 2, 18);
    }

    [Fact]
    public async Task What_takes_long_is_logged_and_listed_by_its_route()
    {
        using var log = new CapturedLog();
        await using var host = await CrmHost.StartAsync(
            configure: builder =>
            {
                log.Attach(builder);
                builder.Configuration["Requests:SlowMilliseconds"] = "20";
            },
            map: app => app.MapGet("/late/{secret}", (TimeProvider time) => ((FakeTimeProvider)time).Advance(TimeSpan.FromMilliseconds(20))).AllowAnonymous());
        using var stranger = await host.VisitAsync();

        await stranger.GetAsync("/late/tokeninapath");

        var slow = host.Services.GetRequiredService<SlowRequests>().Last()[0];
        Assert.Equal(("GET", "/late/{secret}", StatusCodes.Status200OK), (slow.Method, slow.Route, slow.Status));
        Assert.StartsWith("Warning GET /late/{secret} 200", log.Of(RequestWatch.Category)[^1], StringComparison.Ordinal);
    }
}
