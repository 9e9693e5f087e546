using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Timeline;

public sealed class ConversationTests
{
    [Fact]
    public async Task A_comment_is_posted_without_scripts_and_leads_to_its_place()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);

        var posted = await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "The **designs** are here.\r\n"));
        var page = await browser.GetAsync($"/projects/{project.Id}");

        var comment = await host.ReadAsync(db => db.Interactions.SingleAsync());
        Assert.Equal($"/projects/{project.Id}#comment-{comment.Id}", posted.Location);
        Assert.Equal("The **designs** are here.", comment.Body);
        Assert.Equal((me.Id, project.Id, null), (comment.AuthorId, comment.ProjectId, comment.TaskId));
        Assert.Equal("designs", page.TextOf($"#comment-{comment.Id} .prose strong"));
        Assert.Equal("1 comment", page.TextOf("#conversation-count"));
    }

    [Fact]
    public async Task One_answer_holds_the_emptied_composer_the_new_entry_and_the_count()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        await browser.PostFragmentAsync($"/projects/{project.Id}/comments", ("body", "One"));

        var answer = await browser.PostFragmentAsync($"/projects/{project.Id}/comments", ("body", "Two"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("", answer.TextOf("form#composer textarea"));
        Assert.Equal("Two", answer.TextOf("hx-partial[hx-target='#thread'][hx-swap=beforeend] article.entry .prose"));
        Assert.StartsWith("2", answer.TextOf("hx-partial[hx-target='#conversation-count'] .count"), StringComparison.Ordinal);
        Assert.Contains("Comment posted", answer.Header("HX-Trigger"), StringComparison.Ordinal);
        Assert.Null(answer.Html.QuerySelector("main"));
    }

    [Fact]
    public async Task A_tasks_thread_is_its_own()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me, ("Draw", me, 1));
        var task = await host.ReadAsync(db => db.Tasks.SingleAsync());

        var posted = await browser.PostAsync($"/tasks/{task.Id}/comments", ("body", "On the task"));

        var comment = await host.ReadAsync(db => db.Interactions.SingleAsync());
        Assert.Equal($"/tasks/{task.Id}#comment-{comment.Id}", posted.Location);
        Assert.Equal((project.Id, task.Id), (comment.ProjectId, comment.TaskId));
        Assert.Equal("On the task", (await browser.GetAsync($"/tasks/{task.Id}/comments")).TextOf(".entry .prose"));
        Assert.Null((await browser.GetAsync($"/projects/{project.Id}/comments")).Html.QuerySelector(".entry"));
    }

    [Theory]
    [InlineData("", "The comment is needed.")]
    [InlineData(" \r\n\t ", "The comment is needed.")]
    [InlineData("a\u0007b", "The comment holds a character that cannot be shown. Please take it out.")]
    [InlineData("LONG", "The comment is too long: 20,001 characters, and at most 20,000 fit.")]
    public async Task What_cannot_be_posted_comes_back_in_the_composer(string body, string message)
    {
        body = body == "LONG" ? new string('x', 20_001) : body;
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);

        foreach (var answer in new[]
        {
            await browser.PostAsync($"/projects/{project.Id}/comments", ("body", body)),
            await browser.PostFragmentAsync($"/projects/{project.Id}/comments", ("body", body)),
        })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal(message, answer.TextOf("#composer .error"));
            Assert.Equal(body.Trim(), answer.TextOf("#composer textarea"));
        }

        Assert.Equal(0, await host.ReadAsync(db => db.Interactions.CountAsync()));
    }

    [Fact]
    public async Task Clients_find_nothing_of_what_is_said_among_the_team()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, client) = await host.SignInAsync(Role.Client, "Ada Client");
        var owner = await host.AddPersonAsync("Tom Baker");
        var project = await host.AddProjectAsync("Museum", owner, ("Draw", owner, 1));
        var (task, comment) = await SeedAsync(host, project, owner);
        await host.SaveAsync(db => db.Projects.Include(p => p.Members).Single().Add(client.Id));

        foreach (var answer in new[]
        {
            await browser.GetAsync($"/tasks/{task}/comments"),
            await browser.GetAsync($"/comments/{comment}"),
            await browser.GetFragmentAsync($"/comments/{comment}/edit"),
            await browser.PostAsync($"/tasks/{task}/comments", ("body", "Hello")),
            await browser.PostAsync($"/comments/{comment}/edit", ("body", "Hello"), ("version", "1")),
            await browser.PostAsync($"/comments/{comment}/delete"),
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.DoesNotContain("Inside", answer.Text, StringComparison.Ordinal);
        }

        var page = await browser.GetAsync($"/projects/{project.Id}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Null(page.Html.QuerySelector(".entry"));
        Assert.StartsWith("0", page.TextOf("#conversation-count"), StringComparison.Ordinal);
        Assert.Equal("Inside", (await host.ReadAsync(db => db.Interactions.SingleAsync())).Body);
    }

    [Fact]
    public async Task An_archived_projects_conversation_is_read_only()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me, ("Draw", me, 1));
        var (task, comment) = await SeedAsync(host, project, me);
        await host.SaveAsync(db => db.Projects.Single().Archive(host.Now));

        foreach (var answer in new[]
        {
            await browser.PostAsync($"/projects/{project.Id}/comments", ("body", "Hello")),
            await browser.PostAsync($"/tasks/{task}/comments", ("body", "Hello")),
            await browser.GetAsync($"/comments/{comment}/edit"),
            await browser.PostAsync($"/comments/{comment}/edit", ("body", "Hello"), ("version", "1")),
            await browser.PostAsync($"/comments/{comment}/delete"),
            await browser.PostAsync($"/comments/{comment}/restore"),
        })
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }

        var page = await browser.GetAsync($"/projects/{project.Id}/comments");
        Assert.Equal("Inside", page.TextOf(".entry .prose"));
        Assert.Null(page.Html.QuerySelector("#composer"));
        Assert.Null(page.Html.QuerySelector(".entry .menu"));
        var kept = await host.ReadAsync(db => db.Interactions.SingleAsync());
        Assert.Equal(("Inside", null, null), (kept.Body, kept.EditedAt, kept.DeletedAt));
    }

    [Theory]
    [InlineData("/projects/999/comments")]
    [InlineData("/tasks/999/comments")]
    [InlineData("/projects/abc/comments")]
    [InlineData("/comments/999")]
    [InlineData("/comments/99999999999999999999")]
    [InlineData("/comments/1/burn")]
    [InlineData("/comments/999/edit")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
        Assert.True((await browser.PostAsync(path, ("body", "Hello"))).Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_deleted_projects_thread_is_gone_with_it()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        var (_, comment) = await SeedAsync(host, project, me);
        await host.SaveAsync(db => db.Projects.Single().Delete(host.Now));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/projects/{project.Id}/comments")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/comments/{comment}")).Status);
    }

    [Fact]
    public async Task Long_threads_show_their_end_and_lead_back_step_by_step()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        await SaySoManyAsync(host, project, me, 120);

        var shown = new List<string?>();
        var page = await browser.GetAsync($"/projects/{project.Id}");
        Assert.StartsWith("120", page.TextOf("#conversation-count"), StringComparison.Ordinal);
        shown.InsertRange(0, Words(page));
        while (page.Html.QuerySelector("#thread-earlier a") is { } earlier)
        {
            Assert.Equal(earlier.GetAttribute("href"), earlier.GetAttribute("hx-get"));
            page = await browser.GetFragmentAsync(earlier.GetAttribute("href")!);
            Assert.Null(page.Html.QuerySelector("form"));
            shown.InsertRange(0, Words(page));
        }

        Assert.Equal(Enumerable.Range(1, 120).Select(n => $"Word {n}"), shown);

        static IEnumerable<string> Words(Answer answer) => answer.Html.QuerySelectorAll(".entry .prose").Select(e => e.TextContent.Trim());
    }

    [Fact]
    public async Task The_address_of_a_comment_leads_to_where_it_stands()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        await SaySoManyAsync(host, project, me, 60);
        var ids = await host.ReadAsync(db => db.Interactions.OrderBy(i => i.Id).Select(i => i.Id).ToListAsync());

        var recent = (await browser.GetAsync($"/comments/{ids[10]}")).Location;
        var old = (await browser.GetAsync($"/comments/{ids[9]}")).Location;

        Assert.Equal($"/projects/{project.Id}#comment-{ids[10]}", recent);
        Assert.EndsWith($"#comment-{ids[9]}", old, StringComparison.Ordinal);
        Assert.NotNull((await browser.GetAsync($"/projects/{project.Id}")).Html.GetElementById($"comment-{ids[10]}"));
        Assert.NotNull((await browser.GetAsync(old!)).Html.GetElementById($"comment-{ids[9]}"));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("999999")]
    [InlineData("-1")]
    public async Task A_place_in_the_thread_that_is_none_shows_its_end(string before)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        await SaySoManyAsync(host, project, me, 1);

        var page = await browser.GetAsync($"/projects/{project.Id}/comments?before={before}");

        Assert.Equal("Word 1", page.TextOf(".entry .prose"));
    }

    [Fact]
    public async Task A_thread_costs_the_same_few_queries_whatever_its_length()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var small = await host.AddProjectAsync("Small", me);
        var large = await host.AddProjectAsync("Large", me);
        await SaySoManyAsync(host, small, me, 1);
        await SaySoManyAsync(host, large, me, 200);
        await browser.PostAsync($"/projects/{small.Id}/members?handler=Add", ("personId", $"{(await host.AddPersonAsync("Tom Baker")).Id}"));
        foreach (var _ in Enumerable.Range(0, 20))
        {
            await browser.PostAsync($"/projects/{large.Id}/members?handler=Add", ("personId", $"{(await host.AddPersonAsync("Sam Lee")).Id}"));
        }

        var few = await host.CountQueriesAsync(browser, $"/projects/{small.Id}/comments");

        Assert.Equal(few, await host.CountQueriesAsync(browser, $"/projects/{large.Id}/comments"));
        Assert.InRange(few, 1, 5);
    }

    [Fact]
    public async Task Preview_shows_what_will_be_posted_and_nothing_else()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var shown = await browser.PostFragmentAsync("/markdown/preview", ("body", "A **b** <script>alert(1)</script>"));
        var refused = await browser.PostFragmentAsync("/markdown/preview", ("body", new string('x', 20_001)));

        Assert.Equal("b", shown.TextOf(".prose strong"));
        Assert.Null(shown.Html.QuerySelector("script"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(HttpStatusCode.Found, (await (await host.VisitAsync()).GetAsync("/markdown/preview")).Status);
    }

    private static async Task<(int Task, int Comment)> SeedAsync(CrmHost host, Project project, Person author)
    {
        var comment = Interaction.Comment(project.Id, null, author.Id, "Inside", host.Now);
        await host.SaveAsync(db => db.Interactions.Add(comment));
        return (await host.ReadAsync(db => db.Tasks.Select(t => t.Id).FirstOrDefaultAsync()), comment.Id);
    }

    private static Task SaySoManyAsync(CrmHost host, Project project, Person author, int times) => host.SaveAsync(db =>
    {
        // Pairs share a moment, as imported ones may.
        for (var n = 1; n <= times; n++)
        {
            db.Interactions.Add(Interaction.Comment(project.Id, null, author.Id, $"Word {n}", host.Now.AddMinutes((n / 2) - 300)));
        }
    });
}
