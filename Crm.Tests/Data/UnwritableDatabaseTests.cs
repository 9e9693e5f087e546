using System.Data.Common;
using System.Net;
using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data;

/// <summary>When the database can be read and not written: nothing is lost, nothing is said wrongly, and it goes on by itself afterwards.</summary>
public sealed class UnwritableDatabaseTests
{
    private static readonly SqliteSettings Impatient = new() { LockTimeout = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData("PRAGMA max_page_count=1", "The server's disk is full")]
    [InlineData("PRAGMA query_only=1", "Nothing can be saved just now")]
    public async Task What_cannot_be_written_is_refused_with_503_while_everything_can_be_read(string trouble, string title)
    {
        var state = new Trouble();
        await using var host = await CrmHost.StartAsync(configure: state.Attach);
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me, ("Ask the harbour master", me, 0));
        var task = await host.ReadAsync(db => db.Tasks.Select(t => t.Id).SingleAsync());
        await browser.TokenAsync();
        host.Time.Advance(TimeSpan.FromMinutes(30));
        state.Now = trouble;

        var refused = await browser.PostAsync($"/projects/{project.Id}/comments", ("body", new string('x', 15_000)));
        var fragment = await browser.PostFragmentAsync($"/projects/{project.Id}/comments", ("body", new string('x', 15_000)));
        foreach (var path in new[] { "/", "/projects", $"/projects/{project.Id}", $"/tasks/{task}", "/profile", "/people", "/settings" })
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await browser.GetAsync(path)).Status));
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (refused.Status, fragment.Status));
        Assert.Equal((title, "5"), (refused.TextOf("h1"), refused.Header("Retry-After")));
        Assert.Contains(title, fragment.Text.Replace("&#x27;", "'", StringComparison.Ordinal), StringComparison.Ordinal);

        state.Now = Trouble.None;
        Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "Back again"))).Status);
        Assert.Equal(["Back again"], await host.ReadAsync(db => db.Interactions.Select(i => i.Body).ToListAsync()));
    }

    [Fact]
    public async Task Nobody_can_sign_in_to_what_cannot_be_written_and_nobody_is_told_that_their_password_was_wrong()
    {
        var state = new Trouble();
        await using var host = await CrmHost.StartAsync(configure: state.Attach);
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var visitor = await host.VisitAsync();
        await visitor.TokenAsync();
        state.Now = "PRAGMA query_only=1";

        var right = await visitor.PostAsync("/sign-in", ("Email", "ines@example.com"), ("Password", CrmHost.Password));
        var wrong = await visitor.PostAsync("/sign-in", ("Email", "ines@example.com"), ("Password", "something else"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (right.Status, wrong.Status));
        state.Now = Trouble.None;
        Assert.Equal("/", (await visitor.PostAsync("/sign-in", ("Email", "ines@example.com"), ("Password", CrmHost.Password))).Location);
    }

    [Fact]
    public async Task While_another_program_writes_for_long_reading_goes_on_and_writers_are_told_when_to_come_back()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Services.AddSingleton(Impatient));
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        await browser.TokenAsync();
        host.Time.Advance(TimeSpan.FromMinutes(30));
        await using (await host.WriteAsync())
        {
            // More at once than the machine has threads to spare: those who wait must not hold up those who read.
            var writers = Enumerable.Range(0, 30).Select(_ => browser.PostAsync($"/projects/{project.Id}/fields/name", ("value", "New"), ("version", "1"))).ToList();
            var read = await browser.GetAsync($"/projects/{project.Id}");
            var refused = await Task.WhenAll(writers);

            Assert.Equal(HttpStatusCode.OK, read.Status);
            Assert.All(refused, answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (answer.Status, answer.Header("Retry-After"))));
            Assert.Equal("The database is busy", refused[0].TextOf("h1"));
        }

        Assert.Equal("Museum", await host.ReadAsync(db => db.Projects.Select(p => p.Name).SingleAsync()));
        Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync($"/projects/{project.Id}/fields/name", ("value", "New"), ("version", "1"))).Status);
    }

    [Fact]
    public async Task Fifty_who_write_at_once_are_all_heard()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        await browser.TokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => browser.PostAsync($"/projects/{project.Id}/comments", ("body", $"Comment {i}"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Found, answer.Status));
        Assert.Equal(50, await host.ReadAsync(db => db.Interactions.Select(i => i.Body).Distinct().CountAsync()));
    }

    /// <summary>Makes every connection as unwilling as a full disk or a write-protected file would.</summary>
    private sealed class Trouble : DbConnectionInterceptor
    {
        public const string None = "PRAGMA query_only=0; PRAGMA max_page_count=4294967294";

        public string Now { get; set; } = None;

        public void Attach(WebApplicationBuilder builder) =>
            builder.Services.ConfigureDbContext<CrmDb>(options => options.AddInterceptors(this));

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var pragma = connection.CreateCommand();
            pragma.CommandText = Now;
            await pragma.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
