using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Timeline;

public sealed class CommentTests
{
    [Fact]
    public async Task Ones_own_words_are_edited_in_place_and_marked_with_the_time()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var comment = await SayAsync(host, me, "Frist");

        var form = await browser.GetFragmentAsync($"/comments/{comment.Id}/edit");
        host.Time.Advance(TimeSpan.FromHours(3));
        var saved = await browser.PostFragmentAsync($"/comments/{comment.Id}/edit", ("body", "First"), ("version", "1"));

        Assert.Equal("Frist", form.TextOf("article textarea[autofocus]"));
        Assert.Equal("First", saved.TextOf($"#comment-{comment.Id} .prose"));
        Assert.Equal("edited just now", saved.TextOf(".head > span"));
        Assert.Contains("Comment saved", saved.Header("HX-Trigger"), StringComparison.Ordinal);
        var kept = await ReadAsync(host);
        Assert.Equal(("First", host.Now, 2), (kept.Body, kept.EditedAt, kept.Version));
        Assert.Equal("Frist", (await host.ReadAsync(db => db.Changes.SingleAsync(c => c.Kind == nameof(Interaction) && c.Field == nameof(Interaction.Body)))).From);
    }

    [Fact]
    public async Task Without_scripts_editing_is_a_page_that_leads_back()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var comment = await SayAsync(host, me, "Frist");

        var page = await browser.GetAsync($"/comments/{comment.Id}/edit");
        var saved = await browser.PostAsync($"/comments/{comment.Id}/edit", ("body", "First"), ("version", "1"));

        Assert.Equal("Edit comment", page.TextOf("main h1"));
        Assert.Equal($"/comments/{comment.Id}/edit", page.Html.QuerySelector("form.composer")!.GetAttribute("action"));
        Assert.Equal($"/projects/{comment.ProjectId}#comment-{comment.Id}", saved.Location);
        Assert.Equal("First", (await ReadAsync(host)).Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0007b")]
    public async Task What_cannot_be_kept_comes_back_in_the_form(string body)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var comment = await SayAsync(host, me, "First");

        var answer = await browser.PostFragmentAsync($"/comments/{comment.Id}/edit", ("body", body), ("version", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotEmpty(answer.TextOf($"#comment-{comment.Id} .error")!);
        Assert.Equal(("First", 1), ((await ReadAsync(host)).Body, (await ReadAsync(host)).Version));
    }

    [Fact]
    public async Task Words_changed_in_another_window_are_not_overwritten_unseen()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var comment = await SayAsync(host, me, "First");
        await browser.PostAsync($"/comments/{comment.Id}/edit", ("body", "Second"), ("version", "1"));

        var refused = await browser.PostFragmentAsync($"/comments/{comment.Id}/edit", ("body", "Third"), ("version", "1"));
        var kept = (await ReadAsync(host)).Body;
        var version = refused.Html.QuerySelector("input[name=version]")!.GetAttribute("value")!;
        await browser.PostFragmentAsync($"/comments/{comment.Id}/edit", ("body", "Third"), ("version", version));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("Second", refused.TextOf(".conflict dd"));
        Assert.Equal("Third", refused.TextOf("textarea"));
        Assert.Equal("Second", kept);
        Assert.Equal("Third", (await ReadAsync(host)).Body);
    }

    [Fact]
    public async Task Nobody_edits_the_words_of_others_not_even_an_Admin()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync(Role.Admin);
        var comment = await SayAsync(host, await host.AddPersonAsync("Tom Baker"), "First");

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"/comments/{comment.Id}/edit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync($"/comments/{comment.Id}/edit", ("body", "Mine"), ("version", "1"))).Status);
        Assert.Equal("First", (await ReadAsync(host)).Body);
    }

    [Fact]
    public async Task A_deleted_comment_leaves_a_mark_without_its_words_and_an_undo()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync(Role.Admin, "Inès Moreau");
        var comment = await SayAsync(host, await host.AddPersonAsync("Tom Baker"), "Secret words");

        var deleted = await browser.PostFragmentAsync($"/comments/{comment.Id}/delete");
        var page = await browser.GetAsync($"/projects/{comment.ProjectId}");
        var again = await browser.PostAsync($"/comments/{comment.Id}/delete");
        var edit = await browser.PostAsync($"/comments/{comment.Id}/edit", ("body", "More"), ("version", "2"));
        var marked = await ReadAsync(host);
        var restored = await browser.PostFragmentAsync($"/comments/{comment.Id}/restore");

        Assert.Contains("Inès Moreau deleted a comment of Tom Baker", deleted.TextOf(".entry.deleted p"), StringComparison.Ordinal);
        Assert.StartsWith("0", deleted.TextOf("#conversation-count"), StringComparison.Ordinal);
        Assert.NotNull(page.Html.QuerySelector($"#comment-{comment.Id}.deleted button[formaction='/comments/{comment.Id}/restore']"));
        Assert.DoesNotContain("Secret words", page.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (again.Status, edit.Status));
        Assert.NotNull(marked.DeletedAt);
        Assert.Equal("Secret words", restored.TextOf(".prose"));
        Assert.Null((await ReadAsync(host)).DeletedAt);
    }

    [Fact]
    public async Task Members_delete_their_own_words_only()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync(Role.Member);
        var author = await host.AddPersonAsync("Tom Baker");
        var comment = await SayAsync(host, author, "First");

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync($"/comments/{comment.Id}/delete")).Status);
        Assert.Null((await ReadAsync(host)).DeletedAt);
        var own = await (await host.VisitAsync(author)).PostAsync($"/comments/{comment.Id}/delete");
        Assert.Equal($"/projects/{comment.ProjectId}#comment-{comment.Id}", own.Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync($"/comments/{comment.Id}/restore")).Status);
        Assert.NotNull((await ReadAsync(host)).DeletedAt);
    }

    [Fact]
    public async Task The_fragment_of_a_comment_offers_only_what_the_reader_may_do()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync(Role.Member);
        var author = await host.AddPersonAsync("Tom Baker");
        var comment = await SayAsync(host, author, "First");

        var mine = await (await host.VisitAsync(author)).GetFragmentAsync($"/comments/{comment.Id}");
        var theirs = await browser.GetFragmentAsync($"/comments/{comment.Id}");

        Assert.Equal(["Edit", "Show to clients too", "Delete"], mine.Html.QuerySelectorAll(".menu button").Select(b => b.TextContent.Trim()));
        Assert.Equal(["Show to clients too"], theirs.Html.QuerySelectorAll(".menu button").Select(b => b.TextContent.Trim()));
    }

    private static async Task<Interaction> SayAsync(CrmHost host, Person author, string words)
    {
        var project = await host.AddProjectAsync("Museum", author);
        var comment = Interaction.Comment(project.Id, null, author.Id, words, host.Now);
        await host.SaveAsync(db => db.Interactions.Add(comment));
        return comment;
    }

    private static Task<Interaction> ReadAsync(CrmHost host) => host.ReadAsync(db => db.Interactions.AsNoTracking().SingleAsync());
}
