using System.Net;
using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Web.Api;

/// <summary>What holds for every call, whatever it asks for.</summary>
public sealed class ApiTests
{
    private static readonly (string Method, string Path, int Status)[] Wrong =
    [
        ("GET", "/nothing", 404),
        ("PUT", "/projects", 405),
        ("GET", "/projects/99", 404),
        ("GET", "/projects/99999999999999999999", 404),
        ("GET", "/projects?limit=0", 422),
        ("GET", "/projects?limit=many", 400),
        ("GET", "/projects?cursor=nonsense", 400),
        ("GET", "/projects?cursor=WyJuYW1lIiwxLDJd", 400),
        ("GET", "/projects?status=lost", 400),
        ("GET", "/projects?status=7", 400),
        ("GET", "/projects?colour=red", 400),
        ("GET", "/projects?owner=%00", 422),
    ];

    [Fact]
    public async Task Whatever_goes_wrong_is_told_as_problem_details()
    {
        await using var host = await CrmHost.StartAsync();
        using var caller = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin));
        foreach (var (method, path, status) in Wrong)
        {
            var answer = await caller.SendAsync(new HttpMethod(method), path, null);

            Assert.True(status == (int)answer.Status && status == (int)answer.Json["status"]!, $"{method} {path}: {answer.Text}");
            Assert.Equal("application/problem+json", answer.Header("Content-Type"));
            Assert.NotEmpty(answer.Json["traceId"]!.ToString());
            Assert.Null(answer.Location);
        }
    }

    [Fact]
    public async Task A_stranger_is_told_to_bring_a_token_and_never_sent_to_a_page()
    {
        await using var host = await CrmHost.StartAsync();
        using var stranger = await host.CallAsync();
        foreach (var (method, path) in new[] { ("GET", "/projects"), ("POST", "/projects"), ("PUT", "/projects"), ("GET", "/nothing") })
        {
            var answer = await stranger.SendAsync(new HttpMethod(method), path, method == "GET" ? null : new { name = "x" });

            Assert.Equal((HttpStatusCode.Unauthorized, "Bearer", "application/problem+json"), (answer.Status, answer.Header("WWW-Authenticate"), answer.Header("Content-Type")));
        }

        Assert.Equal(0, await host.ReadAsync(db => db.Projects.CountAsync()));
    }

    [Fact]
    public async Task Another_content_than_json_is_refused()
    {
        await using var host = await CrmHost.StartAsync();
        using var caller = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin));

        var answer = await caller.PostAsync("/projects", new StringContent("name=x", null, "application/x-www-form-urlencoded"));

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "application/problem+json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Equal(0, await host.ReadAsync(db => db.Projects.CountAsync()));
    }

    [Fact]
    public async Task Another_site_cannot_use_the_session_of_a_browser()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        using var _ = browser;
        var project = await host.AddProjectAsync("Harbour guide", me);
        foreach (var origin in new[] { "https://evil.example", null })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/projects/{project.Id}/archive");
            request.Headers.Add(origin is null ? "Accept" : "Origin", origin ?? "*/*");
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(request)).Status);
        }

        Assert.Null((await host.ReadAsync(db => db.Projects.SingleAsync())).ArchivedAt);
    }

    [Theory]
    [InlineData("""{"name":"Museum","status":"active,onHold"}""", "status")]
    [InlineData("""{"name":"Museum","status":"Active"}""", "status")]
    [InlineData("""{"name":"Museum","status":" active"}""", "status")]
    [InlineData("""{"name":"Museum","status":1}""", "status")]
    [InlineData("""{"Name":"Museum"}""", "Name")]
    [InlineData("""{"name":"Museum"} more""", "body")]
    [InlineData("null", "body")]
    [InlineData("", "body")]
    public async Task Names_and_choices_are_taken_as_they_are_described_and_not_nearly_so(string body, string field)
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        using var caller = await host.CallAsync(me);
        var project = await host.AddProjectAsync("Harbour guide", me);

        var made = await caller.PostAsync("/projects", new StringContent(body, null, "application/json"));
        var changed = await caller.SendAsync(HttpMethod.Patch, $"/projects/{project.Id}", new StringContent(body, null, "application/merge-patch+json"));

        foreach (var answer in new[] { made, changed })
        {
            Assert.True(answer.Status == HttpStatusCode.BadRequest, answer.Text);
            Assert.Equal(field, Assert.Single(answer.ErrorFields));
        }

        var kept = await host.ReadAsync(db => db.Projects.SingleAsync());
        Assert.Equal((project.Name, project.Status, project.Version), (kept.Name, kept.Status, kept.Version));
    }

    [Fact]
    public async Task A_caller_is_told_how_many_calls_are_left_and_when_there_are_none()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Limits:Calls"] = "2");
        using var caller = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin));

        var first = await caller.GetAsync("/projects");
        await caller.GetAsync("/projects");
        var refused = await caller.PostAsync("/projects", new { name = "One too many" });

        Assert.Equal(("2", "1"), (first.Header("RateLimit-Limit"), first.Header("RateLimit-Remaining")));
        Assert.InRange(int.Parse(first.Header("RateLimit-Reset")!, null), 1, 60);
        Assert.Equal((HttpStatusCode.TooManyRequests, "0"), (refused.Status, refused.Header("RateLimit-Remaining")));
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal("application/problem+json", refused.Header("Content-Type"));
        Assert.Equal(0, await host.ReadAsync(db => db.Projects.CountAsync()));
    }

    [Fact]
    public async Task A_change_that_a_token_may_not_make_counts_as_a_call()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Limits:Calls"] = "1");
        using var reader = host.CallWith(await host.AddTokenAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin), TokenScope.Read));

        var forbidden = await reader.PostAsync("/projects", new { name = "Harbour guide" });
        var refused = await reader.PostAsync("/projects", new { name = "Harbour guide" });

        Assert.Equal((HttpStatusCode.Forbidden, "1", "0"), (forbidden.Status, forbidden.Header("RateLimit-Limit"), forbidden.Header("RateLimit-Remaining")));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(0, await host.ReadAsync(db => db.Projects.CountAsync()));
    }

    [Fact]
    public async Task A_call_that_is_sent_again_under_its_key_gets_the_first_answer_again()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        using var caller = await host.CallAsync(me);
        var key = ("Idempotency-Key", "a-1");

        var first = await caller.PostAsync("/projects", new { name = "Harbour guide" }, key);
        var again = await caller.PostAsync("/projects", new { name = "Harbour guide" }, key);
        var other = await caller.PostAsync("/projects", new { name = "Museum" }, key);
        var archived = await caller.PostAsync("/projects/1/archive", null, key);
        var refused = await caller.PostAsync("/projects", new { name = "" }, ("Idempotency-Key", "a-2"));
        var mended = await caller.PostAsync("/projects", new { name = "Museum" }, ("Idempotency-Key", "a-2"));
        var endless = await caller.PostAsync("/projects", new { name = "Endless" }, ("Idempotency-Key", new string('a', 256)));
        var deleted = await caller.DeleteAsync("/projects/2", ("Idempotency-Key", "a-3"));
        var twice = await caller.DeleteAsync("/projects/2", ("Idempotency-Key", "a-3"));

        Assert.Equal((HttpStatusCode.Created, null), (first.Status, first.Header("Idempotency-Replayed")));
        Assert.Equal((HttpStatusCode.Created, "true", first.Text, first.Location, first.Header("ETag")), (again.Status, again.Header("Idempotency-Replayed"), again.Text, again.Location, again.Header("ETag")));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK), (other.Status, archived.Status));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created), (refused.Status, mended.Status));
        Assert.Equal((HttpStatusCode.BadRequest, "Idempotency-Key"), (endless.Status, Assert.Single(endless.ErrorFields)));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (deleted.Status, twice.Status));
        Assert.Equal(["Harbour guide", "Museum"], await host.ReadAsync(db => db.Projects.IgnoreQueryFilters().OrderBy(p => p.Id).Select(p => p.Name).ToListAsync()));
    }

    [Fact]
    public async Task What_is_dangerous_asks_for_a_proof_that_is_not_old()
    {
        await using var host = await CrmHost.StartAsync(map: app => Crm.Web.Api.ApiRoutes.MapCrmApi(app).MapPost("/danger", [Needs(Right.RunWorkspace)][AskAgain] () => "done"));
        using var caller = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin));

        Assert.Equal(HttpStatusCode.OK, (await caller.PostAsync("/danger")).Status);
        host.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.PostAsync("/danger")).Status);
    }
}
