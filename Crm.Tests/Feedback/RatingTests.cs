using System.Net;
using Crm.Accounts;
using Crm.Feedback;
using Crm.Projects;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Feedback;

public sealed class RatingTests
{
    [Fact]
    public async Task The_form_offers_six_answers_in_words_and_chooses_none_by_itself()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);

        var page = await browser.GetAsync($"/projects/{project.Id}");

        Assert.Equal(
            ["No rating", "1 – Poor", "2 – Fair", "3 – Good", "4 – Very good", "5 – Excellent"],
            page.Html.QuerySelectorAll("fieldset.rating label").Select(l => l.TextContent.Trim()));
        Assert.Equal("none", Assert.Single(page.Html.QuerySelectorAll("fieldset.rating input:checked")).GetAttribute("value"));
        Assert.Equal("How happy are you with this project?", page.TextOf("fieldset.rating legend"));
        Assert.Equal("Nobody has rated this project yet.", page.TextOf("#ratings p"));
    }

    [Fact]
    public async Task A_rating_is_given_changed_and_withdrawn_and_leaves_its_trace()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);
        var url = $"/projects/{project.Id}/rating";

        var given = await browser.PostAsync(url, ("stars", "4"), ("comment", "Going **well**"));
        var first = await host.ReadAsync(db => db.Ratings.AsNoTracking().SingleAsync());
        var changed = await browser.PostFragmentAsync(url, ("stars", "2"), ("comment", ""));
        var second = await host.ReadAsync(db => db.Ratings.AsNoTracking().SingleAsync());
        var withdrawn = await browser.PostFragmentAsync(url, ("stars", "none"), ("comment", ""));

        Assert.Equal($"/projects/{project.Id}#ratings", given.Location);
        Assert.Equal((4, "Going **well**", me.Id), (first.Stars, first.Comment, first.PersonId));
        Assert.Equal("2", changed.Html.QuerySelector("section#ratings input:checked")!.GetAttribute("value"));
        Assert.Equal("2.0 of 5", changed.Html.QuerySelector(".stars")!.GetAttribute("aria-label"));
        Assert.Contains("Rating saved", changed.Header("HX-Trigger"), StringComparison.Ordinal);
        Assert.Equal((2, "", first.Id), (second.Stars, second.Comment, second.Id));
        Assert.Contains("Rating withdrawn", withdrawn.Header("HX-Trigger"), StringComparison.Ordinal);
        Assert.Equal(0, await host.ReadAsync(db => db.Ratings.CountAsync()));
        var trace = await host.ReadAsync(db => db.Changes.Where(c => c.Kind == nameof(Rating) && c.Field == nameof(Rating.Stars)).OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([("4", "2")], trace.Select(c => (c.From, c.To)));
        Assert.Equal(1, await host.ReadAsync(db => db.Changes.CountAsync(c => c.Kind == nameof(Rating) && c.Field == nameof(Rating.DeletedAt))));
        Assert.All(trace, c => Assert.Equal((me.Id, project.Id), (c.PersonId, c.ProjectId)));
    }

    [Theory]
    [InlineData("0", "", "Choose one to five stars, or “No rating”.")]
    [InlineData("6", "", "Choose one to five stars, or “No rating”.")]
    [InlineData("abc", "", "Choose one to five stars, or “No rating”.")]
    [InlineData("4.5", "", "Choose one to five stars, or “No rating”.")]
    [InlineData("55", "", "Choose one to five stars, or “No rating”.")]
    [InlineData("4\n", "", "Choose one to five stars, or “No rating”.")]
    [InlineData("", "", "Choose one to five stars, or “No rating”.")]
    [InlineData("3", "a\u0007b", "The comment holds a character that cannot be shown. Please take it out.")]
    [InlineData("3", "LONG", "The comment is too long: 2,001 characters, and at most 2,000 fit.")]
    public async Task What_is_no_rating_is_refused_with_the_words_kept(string stars, string comment, string message)
    {
        comment = comment == "LONG" ? new string('x', 2_001) : comment;
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);
        await host.SaveAsync(db => db.Ratings.Add(Rating.Give(project.Id, me.Id, 5, "Fine", host.Now)));

        foreach (var answer in new[]
        {
            await browser.PostAsync($"/projects/{project.Id}/rating", ("stars", stars), ("comment", comment)),
            await browser.PostFragmentAsync($"/projects/{project.Id}/rating", ("stars", stars), ("comment", comment)),
        })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal(message, answer.TextOf("#rating-error"));
            Assert.Equal(comment, answer.TextOf("#rating-comment"));
            Assert.NotNull(answer.Html.QuerySelector("details.rate[open]"));
        }

        var kept = await host.ReadAsync(db => db.Ratings.SingleAsync());
        Assert.Equal((5, "Fine", 1), (kept.Stars, kept.Comment, kept.Version));
    }

    [Fact]
    public async Task Beside_the_list_of_all_ratings_the_whole_page_is_shown_anew()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/projects/{project.Id}/rating")
        {
            Content = new FormUrlEncodedContent([new("stars", "4"), new("_token", await browser.TokenAsync())]),
        };
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Current-URL", $"{host.Address}projects/{project.Id}/ratings?stars=4");

        var answer = await browser.SendAsync(request);

        Assert.Equal($"/projects/{project.Id}/ratings", answer.Header("HX-Redirect"));
        Assert.Equal("Rating saved.", (await browser.GetAsync($"/projects/{project.Id}/ratings")).TextOf("#flash p"));
    }

    [Fact]
    public async Task Words_without_stars_are_not_thrown_away()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);

        var answer = await browser.PostFragmentAsync($"/projects/{project.Id}/rating", ("stars", "none"), ("comment", "Slow start"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("Slow start", answer.TextOf("#rating-comment"));
        Assert.Equal(0, await host.ReadAsync(db => db.Ratings.CountAsync()));
    }

    [Fact]
    public async Task Many_at_once_make_one_rating()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);

        await browser.TokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(n => browser.PostAsync($"/projects/{project.Id}/rating", ("stars", $"{(n % 5) + 1}"))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Found, a.Status));
        Assert.Equal(1, await host.ReadAsync(db => db.Ratings.CountAsync()));
    }

    [Fact]
    public async Task Clients_see_no_ratings_and_give_none()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, client) = await host.SignInAsync(Role.Client, "Ada Client");
        var owner = await host.AddPersonAsync("Tom Baker");
        var seen = await host.AddProjectAsync("Seen", owner);
        var hidden = await host.AddProjectAsync("Hidden", owner);
        await host.SaveAsync(db => db.Projects.Include(p => p.Members).Single(p => p.Id == seen.Id).Add(client.Id));

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync($"/projects/{seen.Id}/rating", ("stars", "5"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"/projects/{seen.Id}/ratings")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync($"/projects/{hidden.Id}/rating", ("stars", "5"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/projects/{hidden.Id}/ratings")).Status);
        Assert.Null((await browser.GetAsync($"/projects/{seen.Id}")).Html.QuerySelector("#ratings"));
        Assert.Equal(0, await host.ReadAsync(db => db.Ratings.CountAsync()));
    }

    [Fact]
    public async Task An_archived_project_is_rated_no_more()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);
        await host.SaveAsync(db => db.Projects.Single().Archive(host.Now));

        var answer = await browser.PostAsync($"/projects/{project.Id}/rating", ("stars", "5"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(0, await host.ReadAsync(db => db.Ratings.CountAsync()));
        Assert.Null((await browser.GetAsync($"/projects/{project.Id}/ratings")).Html.QuerySelector("form[action$='/rating']"));
    }

    [Fact]
    public async Task The_card_shows_average_count_distribution_and_the_latest_words()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);
        await RateAsync(host, project, 5, 5, 4, 2, 1);

        var page = await browser.GetAsync($"/projects/{project.Id}");

        Assert.Equal("3.4", page.TextOf("#ratings b.num"));
        Assert.Equal("3.4 of 5, from 5 ratings", page.Html.QuerySelector("#ratings .stars")!.GetAttribute("aria-label"));
        Assert.Equal(["on", "on", "on", "half", "off"], page.Html.QuerySelector("#ratings .stars")!.Children.Select(s => s.ClassList.Last()));
        Assert.Equal(
            ["5 stars 2", "4 stars 1", "3 stars 0", "2 stars 1", "1 star 1"],
            page.Html.QuerySelectorAll(".distribution tr").Select(r => $"{r.QuerySelector("th")!.TextContent} {r.QuerySelector("td.num")!.TextContent}"));
        Assert.Equal(["40", "20", "0", "20", "20"], page.Html.QuerySelectorAll(".distribution rect").Select(r => r.GetAttribute("width")));
        Assert.Equal(["Words 4", "Words 3", "Words 2"], page.Html.QuerySelectorAll("#ratings .quote .prose").Select(c => c.TextContent.Trim()));
    }

    [Fact]
    public async Task All_ratings_stand_on_a_page_of_their_own_by_stars_if_wanted()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);
        await RateAsync(host, project, [.. Enumerable.Range(0, 30).Select(n => (n % 5) + 1)]);

        var first = await browser.GetAsync($"/projects/{project.Id}/ratings");
        var second = await browser.GetAsync($"/projects/{project.Id}/ratings?page=2");
        var fives = await browser.GetAsync($"/projects/{project.Id}/ratings?stars=5");
        var none = await browser.GetAsync($"/projects/{project.Id}/ratings?stars=9");

        Assert.Equal((25, 5, 6, 0), (Rows(first), Rows(second), Rows(fives), Rows(none)));
        Assert.Equal($"/projects/{project.Id}/ratings?page=2", first.Html.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, none.Status);
        Assert.Equal(25, Rows(await browser.GetAsync($"/projects/{project.Id}/ratings?stars=many&page=last")));

        static int Rows(Answer page) => page.Html.QuerySelectorAll(".table tbody tr").Length;
    }

    [Theory]
    [InlineData("/projects/{0}/ratings", 6)]
    [InlineData("/projects/{0}", 10)]
    public async Task The_number_of_queries_does_not_grow(string path, int queries)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var few = await host.AddProjectAsync("Few", me);
        var many = await host.AddProjectAsync("Many", me);
        await RateAsync(host, few, 3);
        await RateAsync(host, many, [.. Enumerable.Range(0, 60).Select(n => (n % 5) + 1)]);

        foreach (var project in new[] { few, many })
        {
            Assert.Equal(queries, await host.CountQueriesAsync(browser, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, project.Id)));
        }
    }

    private static async Task RateAsync(CrmHost host, Project project, params int[] stars)
    {
        var people = new List<Person>();
        foreach (var _ in stars)
        {
            people.Add(await host.AddPersonAsync("Sam Lee"));
        }

        await host.SaveAsync(db => db.Ratings.AddRange(stars.Select((s, n) =>
            Rating.Give(project.Id, people[n].Id, s, $"Words {n}", host.Now.AddMinutes(n - 100)))));
    }
}
