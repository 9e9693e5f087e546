using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Projects;

public sealed class ProjectFieldTests
{
    [Theory]
    [InlineData("name", "Quay site")]
    [InlineData("description", "Two\nlines")]
    [InlineData("status", "OnHold")]
    [InlineData("starts", "2026-06-02")]
    [InlineData("due", "2026-07-03")]
    public async Task Every_field_is_saved_in_place_and_leaves_a_trace(string field, string value)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);

        var form = await browser.GetFragmentAsync($"/projects/{project.Id}/fields/{field}");
        var saved = await browser.PostFragmentAsync($"/projects/{project.Id}/fields/{field}", ("value", value), ("version", "1"));
        var again = await browser.GetFragmentAsync($"/projects/{project.Id}/fields/{field}");

        Assert.Equal($"project-{project.Id}-{field}", form.Html.QuerySelector("form.editing")!.Id);
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Equal($"project-{project.Id}-{field}", saved.Html.QuerySelector("div.field")!.Id);
        Assert.Contains("announce", saved.Header("HX-Trigger"), StringComparison.Ordinal);
        Assert.Equal(value, again.ValueOf("value"));
        var change = await host.ReadAsync(db => db.Changes.SingleAsync(c => c.Field != Change.Created));
        Assert.Equal((me.Id, value, 2), (change.PersonId, change.To, change.Version));
    }

    [Fact]
    public async Task Without_JavaScript_the_form_is_a_page_and_saving_leads_back()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);

        var page = await browser.GetAsync($"/projects/{project.Id}/fields/name");
        var saved = await browser.PostAsync($"/projects/{project.Id}/fields/name", ("value", "Quay"), ("version", "1"));

        Assert.NotNull(page.Html.QuerySelector("nav[aria-label=Main]"));
        Assert.Equal((HttpStatusCode.Found, $"/projects/{project.Id}"), (saved.Status, saved.Location));
    }

    [Theory]
    [InlineData("name", "", "Name is needed.")]
    [InlineData("status", "Sleeping", "Status: please choose one of the list.")]
    [InlineData("owner", "99999", "Owner: please choose one of the list.")]
    [InlineData("due", "14 March", "Due date is not a date: write it as 2027-03-14.")]
    [InlineData("starts", "2026-12-31", "The start (2026-12-31) would lie after the due date (2026-07-01).")]
    public async Task A_value_that_cannot_be_is_refused_beside_the_field(string field, string value, string message)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        await host.SaveAsync(db => db.Projects.Single().Schedule(null, new DateOnly(2026, 7, 1)));

        var answer = await browser.PostFragmentAsync($"/projects/{project.Id}/fields/{field}", ("value", value), ("version", "2"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(message, answer.TextOf(".error"));
        Assert.Equal(2, (await host.ReadAsync(db => db.Projects.SingleAsync())).Version);
    }

    [Fact]
    public async Task A_name_of_ten_million_letters_comes_back_with_a_message()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        var name = new string('x', 10_000_000);

        var answer = await browser.PostFragmentAsync($"/projects/{project.Id}/fields/name", ("value", name), ("version", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("Name is too long: 10,000,000 characters, and at most 200 fit.", answer.TextOf(".error"));
        Assert.Equal(name, answer.Html.QuerySelector("input[name=value]")!.GetAttribute("value"));
        Assert.Equal("Museum", (await host.ReadAsync(db => db.Projects.SingleAsync())).Name);
    }

    [Theory]
    [InlineData("/projects/1/fields/description", "value")]
    [InlineData("/projects/1/comments", "body")]
    public async Task Ten_megabytes_of_text_come_back_with_a_message_and_change_nothing(string path, string field)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me);

        var answer = await browser.PostFragmentAsync(path, (field, new string('x', 10_000_000)), ("version", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("is too long", answer.TextOf(".error"), StringComparison.Ordinal);
        Assert.Equal(0, await host.ReadAsync(db => db.Changes.CountAsync(c => c.Field != Change.Created)) + await host.ReadAsync(db => db.Interactions.CountAsync()));
    }

    [Fact]
    public async Task Two_people_who_edit_different_fields_both_keep_their_words()
    {
        await using var host = await CrmHost.StartAsync();
        var (ines, me) = await host.SignInAsync();
        var (tom, _) = await host.SignInAsync(Role.Member, "Tom Baker");
        var project = await host.AddProjectAsync("Museum", me);

        await ines.PostFragmentAsync($"/projects/{project.Id}/fields/name", ("value", "Harbour Museum"), ("version", "1"));
        var second = await tom.PostFragmentAsync($"/projects/{project.Id}/fields/description", ("value", "For the reopening"), ("version", "1"));

        Assert.Equal(HttpStatusCode.OK, second.Status);
        var saved = await host.ReadAsync(db => db.Projects.SingleAsync());
        Assert.Equal(("Harbour Museum", "For the reopening", 3), (saved.Name, saved.Description, saved.Version));
    }

    [Fact]
    public async Task Two_people_who_edit_the_same_field_are_told_who_wrote_what_and_choose()
    {
        await using var host = await CrmHost.StartAsync();
        var (ines, me) = await host.SignInAsync();
        var (tom, _) = await host.SignInAsync(Role.Member, "Tom Baker");
        var project = await host.AddProjectAsync("Museum", me);
        var url = $"/projects/{project.Id}/fields/description";
        await ines.PostFragmentAsync(url, ("value", "Hers"), ("version", "1"));

        var conflict = await tom.PostFragmentAsync(url, ("value", "His"), ("version", "1"));
        var stillHers = await host.ReadAsync(db => db.Projects.Select(p => p.Description).SingleAsync());
        var joined = await tom.PostFragmentAsync(url, ("value", "His"), ("version", "2"), ("join", "1"));
        var kept = await tom.PostFragmentAsync(url, ("value", "Hers\n\nHis"), ("version", "2"));

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal("Inès Moreau", conflict.TextOf(".conflict b"));
        Assert.Equal(["Hers", "His"], conflict.Html.QuerySelectorAll(".conflict dd").Select(d => d.TextContent));
        Assert.Equal("2", conflict.Html.QuerySelector("input[name=version]")!.GetAttribute("value"));
        Assert.Equal("Hers", stillHers);
        Assert.Equal("Hers\n\nHis", joined.TextOf("textarea"));
        Assert.Equal(HttpStatusCode.OK, kept.Status);
    }

    [Theory]
    [InlineData(Role.Client, false, HttpStatusCode.NotFound)]
    [InlineData(Role.Client, true, HttpStatusCode.Forbidden)]
    public async Task A_client_changes_nothing(Role role, bool isMember, HttpStatusCode expected)
    {
        await using var host = await CrmHost.StartAsync();
        var owner = await host.AddPersonAsync("Tom Baker");
        var (browser, client) = await host.SignInAsync(role);
        var project = await host.AddProjectAsync("Museum", owner);
        if (isMember)
        {
            await host.SaveAsync(db => db.Projects.Include(p => p.Members).Single().Add(client.Id));
        }

        var form = await browser.GetFragmentAsync($"/projects/{project.Id}/fields/name");
        var post = await browser.PostFragmentAsync($"/projects/{project.Id}/fields/name", ("value", "Mine now"), ("version", "1"));

        Assert.Equal((expected, expected), (form.Status, post.Status));
        Assert.Equal("Museum", await host.ReadAsync(db => db.Projects.Select(p => p.Name).SingleAsync()));
    }

    [Fact]
    public async Task An_error_under_htmx_becomes_a_message_and_leaves_the_page_alone()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var answer = await browser.GetFragmentAsync("/projects/999/fields/name");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("#flash", answer.Header("HX-Retarget"));
        Assert.NotNull(answer.Html.QuerySelector(".flash"));
        Assert.Null(answer.Html.QuerySelector("nav"));
    }

    [Fact]
    public async Task An_archived_project_stays_as_it_is_until_it_is_brought_back()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        await browser.PostAsync($"/projects/{project.Id}?handler=Archive");

        var refused = await browser.PostFragmentAsync($"/projects/{project.Id}/fields/name", ("value", "New"), ("version", "2"));
        await browser.PostAsync($"/projects/{project.Id}?handler=BringBack");
        var saved = await browser.PostFragmentAsync($"/projects/{project.Id}/fields/name", ("value", "Newer"), ("version", "3"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.Status, saved.Status));
        Assert.Equal("Newer", await host.ReadAsync(db => db.Projects.Select(p => p.Name).SingleAsync()));
    }
}
