using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Timeline;

public sealed class AudienceTests
{
    [Fact]
    public async Task Clients_read_what_is_client_visible_and_nothing_else_of_a_thread()
    {
        await using var setting = await Setting.StartAsync();
        await setting.SayAsync("Among us", Audience.TeamOnly);
        await setting.SayAsync("For everybody", Audience.ClientVisible);
        await setting.Team.PostAsync($"/projects/{setting.ProjectId}/fields/due", ("value", "2026-07-01"), ("version", "1"));

        var theirs = await setting.Client.GetAsync($"/projects/{setting.ProjectId}");
        var ours = await setting.Team.GetAsync($"/projects/{setting.ProjectId}");
        var today = await setting.Client.GetAsync("/");

        Assert.Equal(["For everybody"], theirs.Html.QuerySelectorAll(".entry .prose").Select(e => e.TextContent.Trim()));
        Assert.Equal("1 comment", theirs.TextOf("#conversation-count"));
        Assert.Empty(theirs.Html.QuerySelectorAll(".event, .entry .tag, .composer select"));
        Assert.Equal(["Team only", "Client-visible"], ours.Html.QuerySelectorAll(".entry .head .tag").Select(t => t.TextContent.Trim()));
        Assert.Single(ours.Html.QuerySelectorAll(".entry.client"));
        Assert.Single(today.Html.QuerySelectorAll("#lately-title + ul li"));
        Assert.DoesNotContain("Among us", theirs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "team")]
    [InlineData(true, "client")]
    [InlineData(false, "client")]
    public async Task What_comes_back_for_a_comment_is_what_stands_there_later(bool isTeam, string audience)
    {
        await using var setting = await Setting.StartAsync();
        var browser = isTeam ? setting.Team : setting.Client;
        await setting.SayAsync("For everybody", Audience.ClientVisible);
        var first = (await setting.LastAsync()).Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

        foreach (var reply in new[] { "", first })
        {
            var answer = await browser.PostFragmentAsync($"/projects/{setting.ProjectId}/comments", ("body", "It is **agreed**"), ("audience", audience), ("reply", reply));
            var page = await browser.GetAsync($"/projects/{setting.ProjectId}");

            var entry = answer.Html.QuerySelector("article.entry")!;
            Assert.Equal(reply.Length > 0, entry.QuerySelector(".in-reply") is not null);
            Assert.Equal(page.Html.GetElementById(entry.Id!)!.OuterHtml, entry.OuterHtml);
            Assert.Equal(page.Html.GetElementById("conversation-count")!.OuterHtml, answer.Html.GetElementById("conversation-count")!.OuterHtml);
        }
    }

    [Theory]
    [InlineData(null, Audience.TeamOnly)]
    [InlineData("team", Audience.TeamOnly)]
    [InlineData("client", Audience.ClientVisible)]
    [InlineData("everybody", Audience.TeamOnly)]
    public async Task What_the_team_says_is_for_the_team_unless_it_says_otherwise(string? chosen, Audience kept)
    {
        await using var setting = await Setting.StartAsync();

        await setting.Team.PostAsync($"/projects/{setting.ProjectId}/comments", ("body", "Hello"), ("audience", chosen ?? ""));

        Assert.Equal(kept, (await setting.LastAsync()).Audience);
    }

    [Fact]
    public async Task What_a_client_says_is_client_visible_and_stays_so()
    {
        await using var setting = await Setting.StartAsync();

        await setting.Client.PostAsync($"/projects/{setting.ProjectId}/comments", ("body", "Hello"), ("audience", "team"));
        var said = await setting.LastAsync();
        var hidden = await setting.Team.PostAsync($"/comments/{said.Id}/audience", ("audience", "team"));

        Assert.Equal(Audience.ClientVisible, said.Audience);
        Assert.Equal(HttpStatusCode.Forbidden, hidden.Status);
        Assert.Equal(Audience.ClientVisible, (await setting.LastAsync()).Audience);
    }

    [Theory]
    [InlineData(Audience.ClientVisible, "team", Audience.ClientVisible)]
    [InlineData(Audience.TeamOnly, "client", Audience.TeamOnly)]
    public async Task An_answer_is_seen_by_whoever_sees_what_it_answers(Audience first, string asked, Audience kept)
    {
        await using var setting = await Setting.StartAsync();
        var answered = await setting.SayAsync("Shall we *really*?", first);

        var aimed = await setting.Team.GetAsync($"/projects/{setting.ProjectId}/comments?reply={answered}");
        var answer = await setting.Team.PostFragmentAsync($"/projects/{setting.ProjectId}/comments", ("body", "Yes"), ("reply", $"{answered}"), ("audience", asked));
        var said = await setting.LastAsync();
        var changed = await setting.Team.PostAsync($"/comments/{said.Id}/audience", ("audience", asked));

        Assert.Equal("In reply to Tom Baker: Shall we really?", aimed.TextOf("#composer .in-reply"));
        Assert.Null(aimed.Html.QuerySelector("#composer select"));
        Assert.Equal("In reply to Tom Baker: Shall we really?", answer.TextOf(".entry .in-reply"));
        Assert.Equal((answered, kept), (said.ReplyToId, said.Audience));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.Status);
        Assert.Equal(kept, (await setting.LastAsync()).Audience);
    }

    [Fact]
    public async Task An_answer_does_not_tell_clients_what_was_taken_from_them()
    {
        await using var setting = await Setting.StartAsync();
        var answered = await setting.SayAsync("Our margin is small", Audience.ClientVisible);
        await setting.Client.PostAsync($"/projects/{setting.ProjectId}/comments", ("body", "How small?"), ("reply", $"{answered}"));

        await setting.Team.PostAsync($"/comments/{answered}/audience", ("audience", "team"));
        var theirs = await setting.Client.GetAsync($"/projects/{setting.ProjectId}");
        var aimed = await setting.Client.GetAsync($"/projects/{setting.ProjectId}/comments?reply={answered}");
        var posted = await setting.Client.PostAsync($"/projects/{setting.ProjectId}/comments", ("body", "And now?"), ("reply", $"{answered}"));

        Assert.Equal(["How small?"], theirs.Html.QuerySelectorAll(".entry .prose").Select(e => e.TextContent.Trim()));
        Assert.All([theirs, aimed, posted], page => Assert.DoesNotContain("margin", page.Text, StringComparison.Ordinal));
        Assert.Empty(theirs.Html.QuerySelectorAll(".in-reply"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, posted.Status);
        Assert.Equal("And now?", posted.TextOf("#composer textarea"));
        Assert.Equal(2, await setting.Host.ReadAsync(db => db.Interactions.CountAsync()));
    }

    [Fact]
    public async Task On_a_task_that_is_team_only_who_sees_a_comment_is_no_question()
    {
        await using var setting = await Setting.StartAsync();
        var task = await setting.Host.ReadAsync(db => db.Tasks.Select(t => t.Id).SingleAsync());

        var page = await setting.Team.GetAsync($"/tasks/{task}");
        await setting.Team.PostAsync($"/tasks/{task}/comments", ("body", "Hello"), ("audience", "client"));
        var said = await setting.LastAsync();
        var refused = await setting.Team.PostAsync($"/comments/{said.Id}/audience", ("audience", "client"));
        await setting.Team.PostAsync($"/tasks/{task}/audience?audience=client");
        var shown = await setting.Team.GetAsync($"/tasks/{task}");
        var theirs = await setting.Client.GetAsync($"/tasks/{task}");

        Assert.Null(page.Html.QuerySelector("#composer select"));
        Assert.Contains("Only the team sees this task", page.TextOf("#composer .hint"), StringComparison.Ordinal);
        Assert.Equal((Audience.TeamOnly, HttpStatusCode.UnprocessableEntity), (said.Audience, refused.Status));
        Assert.NotNull(shown.Html.QuerySelector("#composer select[name=audience]"));
        Assert.Equal("Client-visible", shown.TextOf(".facts .tag.client"));
        Assert.Equal(HttpStatusCode.OK, theirs.Status);
        Assert.Empty(theirs.Html.QuerySelectorAll(".entry, main .edit, main .menu"));
    }

    private sealed class Setting(CrmHost host, Person author, Visitor team, Visitor client, int projectId) : IAsyncDisposable
    {
        public CrmHost Host => host;

        public Visitor Team => team;

        public Visitor Client => client;

        public int ProjectId => projectId;

        public static async Task<Setting> StartAsync()
        {
            var host = await CrmHost.StartAsync();
            var author = await host.AddPersonAsync("Tom Baker");
            var (team, _) = await host.SignInAsync(Role.Member, "Saskia Kern");
            var (client, asta) = await host.SignInAsync(Role.Client, "Asta Lind");
            var project = await host.AddProjectAsync("Museum", author, ("Draw", author, 0));
            await host.SaveAsync(db => db.Projects.Include(p => p.Members).Single().Add(asta.Id));
            return new Setting(host, author, team, client, project.Id);
        }

        public async Task<int> SayAsync(string words, Audience audience)
        {
            var comment = Interaction.Comment(projectId, null, author.Id, words, host.Now);
            comment.ShowTo(audience);
            await host.SaveAsync(db => db.Interactions.Add(comment));
            return comment.Id;
        }

        public Task<Interaction> LastAsync() => host.ReadAsync(db => db.Interactions.AsNoTracking().OrderByDescending(i => i.Id).FirstAsync());

        public ValueTask DisposeAsync()
        {
            team.Dispose();
            client.Dispose();
            return host.DisposeAsync();
        }
    }
}
