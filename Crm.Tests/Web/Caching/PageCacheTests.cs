using System.Net;
using Crm.Accounts;
using Crm.Data.Backups;
using Crm.Tests.Host;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Web.Caching;

public sealed class PageCacheTests
{
    [Fact]
    public async Task A_page_that_is_asked_for_again_while_nothing_changes_needs_no_query()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Harbour website", me);
        var first = await KeepAsync(browser, "/projects");
        host.Queries.Clear();

        var again = await browser.GetAsync("/projects");

        Assert.Empty(host.Queries.Commands);
        Assert.Equal(WithoutKeys(first), WithoutKeys(again));
        Assert.Equal(first.Header("Content-Type"), again.Header("Content-Type"));
        Assert.Equal(first.Header("Cache-Control"), again.Header("Cache-Control"));
        Assert.Equal(first.Header("Content-Security-Policy"), again.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task What_anybody_changes_is_seen_at_once()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var (other, _) = await host.SignInAsync(name: "Tom Baker");
        var project = await host.AddProjectAsync("Harbour website", me);
        await KeepAsync(browser, "/projects");

        await other.PostAsync($"/projects/{project.Id}/fields/name", ("value", "Lighthouse website"), ("version", "0"));

        Assert.Contains("Lighthouse website", (await browser.GetAsync("/projects")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_page_shows_besides_the_database_is_seen_at_once()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        var kept = await KeepAsync(browser, "/backups");
        var again = await browser.GetAsync("/backups");
        new Snapshots(host.Folder).Take(SnapshotKind.Hourly, host.Now);
        var taken = await KeepAsync(browser, "/backups");
        host.Services.GetRequiredService<BackupState>().Failed("The disk is full.");

        var failed = await browser.GetAsync("/backups");

        Assert.Equal(WithoutKeys(kept), WithoutKeys(again));
        Assert.Equal((0, 1), (kept.Html.QuerySelectorAll("tbody tr").Length, taken.Html.QuerySelectorAll("tbody tr").Length));
        Assert.Contains("The disk is full.", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_program_writes_into_the_file_is_seen_at_once()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Harbour website", me);
        await KeepAsync(browser, "/projects");

        using (var file = new SqliteConnection($"Data Source={host.Folder.Database};Pooling=False"))
        {
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = "UPDATE Projects SET Name = 'Lighthouse website'";
            command.ExecuteNonQuery();
        }

        Assert.Contains("Lighthouse website", (await browser.GetAsync("/projects")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gets_what_was_drawn_for_somebody_else()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        using var elsewhere = await host.VisitAsync(me);
        var (client, _) = await host.SignInAsync(Role.Client, "Carla Client");
        using var stranger = await host.VisitAsync();
        var project = await host.AddProjectAsync("Harbour website", me);
        var address = $"/projects/{project.Id}";
        var mine = await KeepAsync(browser, address);

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.Found, (await stranger.GetAsync(address)).Status);
        Assert.NotEqual(mine.ValueOf("_token"), (await elsewhere.GetAsync(address)).ValueOf("_token"));
    }

    [Fact]
    public async Task Who_may_not_come_in_any_more_gets_nothing_that_is_kept()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await KeepAsync(browser, "/projects");

        await host.SaveAsync(db => db.People.Find(me.Id)!.Disable(host.Now));

        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/projects")).Status);
    }

    [Fact]
    public async Task A_session_ends_when_its_time_is_over_though_nothing_is_written()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        await KeepAsync(browser, "/projects");

        host.Time.Advance(Session.Lifetime);

        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/projects")).Status);
    }

    [Fact]
    public async Task Each_form_has_another_key_each_time_and_both_are_carried_out()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Harbour website", me);
        var address = $"/projects/{project.Id}";
        await KeepAsync(browser, address);
        var form = "form[action$='/comments']";
        var one = new FilledForm(await browser.GetAsync(address), address, form, ("body", "Agreed."));
        var two = new FilledForm(await browser.GetAsync(address), address, form, ("body", "Agreed."));

        await one.SendAsync(browser);
        await two.SendAsync(browser);

        Assert.NotEqual(one.Values.Single(v => v.Name == "_once"), two.Values.Single(v => v.Name == "_once"));
        Assert.Equal(2, await host.ReadAsync(db => Task.FromResult(db.Interactions.Count(i => i.Body == "Agreed."))));
    }

    [Fact]
    public async Task A_fragment_and_its_page_are_not_taken_for_each_other()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Harbour website", me);
        var address = $"/projects/{project.Id}/fields/name";
        var page = await KeepAsync(browser, address);

        var fragment = await browser.GetFragmentAsync(address);

        Assert.NotNull(page.Html.QuerySelector("nav"));
        Assert.Null(fragment.Html.QuerySelector("nav"));
    }

    [Fact]
    public async Task What_is_not_there_is_said_with_the_same_page_however_often_it_is_asked_for()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        for (var i = 0; i < 4; i++)
        {
            var answer = await browser.GetAsync("/projects/999");
            Assert.Equal((HttpStatusCode.NotFound, "There is nothing here"), (answer.Status, answer.TextOf("h1")));
        }
    }

    [Fact]
    public async Task A_message_is_shown_once()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await KeepAsync(browser, "/profile");
        await browser.PostAsync("/profile", ("Input.Name", me.Name), ("Input.Theme", "Dark"));

        Assert.Equal("Your profile is saved.", (await browser.GetAsync("/profile")).TextOf("#flash p"));
        for (var i = 0; i < 3; i++)
        {
            Assert.DoesNotContain("Your profile is saved.", (await browser.GetAsync("/profile")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_next_minute_a_page_is_drawn_anew_as_it_may_show_the_day()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Harbour website", me, ("Proofread", me, 0));
        await KeepAsync(browser, "/tasks?due=overdue");

        host.Time.Advance(TimeSpan.FromHours(15));

        Assert.Contains("Proofread", (await browser.GetAsync("/tasks?due=overdue")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system")]
    [InlineData("people/{id:int}")]
    [InlineData("profile/security")]
    [InlineData("profile/tokens/made")]
    public async Task What_depends_on_more_than_the_database_is_drawn_each_time(string pattern)
    {
        await using var host = await CrmHost.StartAsync();
        var endpoints = (await MappedEndpoints.AllAsync(host.Services)).Where(e => e.RoutePattern.RawText == pattern).ToList();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, e => Assert.Null(e.Metadata.GetMetadata<CacheableAttribute>()));
    }

    [Fact]
    public async Task A_reload_with_force_draws_a_page_anew()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Harbour website", me);
        await KeepAsync(browser, "/projects");
        host.Queries.Clear();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/projects") { Headers = { { "Cache-Control", "no-cache" } } };

        await browser.SendAsync(request);

        Assert.NotEmpty(host.Queries.Commands);
    }

    [Fact]
    public async Task An_operator_can_switch_it_off()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Cache:Megabytes"] = "0");
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Harbour website", me);
        await KeepAsync(browser, "/projects");
        host.Queries.Clear();

        await browser.GetAsync("/projects");

        Assert.NotEmpty(host.Queries.Commands);
    }

    /// <summary>Has it kept: with the first answer comes a cookie, the second is looked at once, the third is asked for again.</summary>
    private static async Task<Answer> KeepAsync(Visitor browser, string path)
    {
        await browser.GetAsync(path);
        await browser.GetAsync(path);
        return await browser.GetAsync(path);
    }

    /// <summary>As text, with nothing where the keys of the forms stand.</summary>
    private static string WithoutKeys(Answer page)
    {
        foreach (var key in page.Html.QuerySelectorAll("[name=_once]"))
        {
            key.RemoveAttribute("value");
        }

        return page.Html.DocumentElement.OuterHtml;
    }
}
