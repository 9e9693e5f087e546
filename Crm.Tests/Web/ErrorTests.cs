using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Web;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_bare_status_becomes_a_page_that_says_what_to_do(int status)
    {
        await using var host = await CrmHost.StartAsync(map: app => app.MapGet("/bare", [Needs(Right.SeeLists)] () => Microsoft.AspNetCore.Http.Results.StatusCode(status)));
        var (browser, _) = await host.SignInAsync();

        var page = await browser.GetAsync("/bare");
        var fragment = await browser.GetFragmentAsync("/bare");

        Assert.Equal((status, status), ((int)page.Status, (int)fragment.Status));
        Assert.Equal($"{status}", page.TextOf(".problem .fig"));
        Assert.NotNull(page.Html.QuerySelector("nav[aria-label=Main]"));
        Assert.Equal("#flash", fragment.Header("HX-Retarget"));
        Assert.Null(fragment.Html.QuerySelector("nav"));
    }

    [Fact]
    public async Task An_exception_becomes_a_500_that_tells_nothing_of_the_inside()
    {
        await using var host = await CrmHost.StartAsync(map: app => app.MapGet("/boom", [Needs(Right.SeeLists)] void () => throw new InvalidOperationException("the inside")));
        var (browser, _) = await host.SignInAsync();

        var page = await browser.GetAsync("/boom");
        var fragment = await browser.GetFragmentAsync("/boom");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Equal("Something went wrong here", page.TextOf("h1"));
        Assert.DoesNotContain("the inside", page.Text + fragment.Text, StringComparison.Ordinal);
        Assert.Matches("Request 0H[^<]+", page.TextOf(".problem .hint"));
        Assert.Matches(@"tell an admin the number of this request\. Request 0H[^<]+\.", fragment.Text);
    }

    [Theory]
    [InlineData("/projects/abc")]
    [InlineData("/projects/99999999999999999999")]
    [InlineData("/projects/-1")]
    [InlineData("/projects/1/fields/nonsense")]
    [InlineData("/tasks/7/fields/title")]
    [InlineData("/nowhere")]
    public async Task An_address_of_nothing_is_answered_with_404(string path)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);
        using var form = new HttpRequestMessage(HttpMethod.Post, $"/projects/{project.Id}/fields/name")
        {
            Content = new FormUrlEncodedContent([new("value", "New"), new("version", "1")]),
        };

        var answer = await browser.SendAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("Museum", await host.ReadAsync(db => db.Projects.Select(p => p.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_answered_by_the_page_for_that()
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();

        var answer = await visitor.PostAsync("/sign-in", [.. Enumerable.Range(0, 1_100).Select(i => ($"field{i}", ""))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("That request could not be read", answer.TextOf("h1"));
    }

    [Fact]
    public async Task A_nul_is_refused_beside_its_field_and_the_text_around_it_kept()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var answer = await browser.PostAsync("/projects/new", ("Input.Name", "Har\0bour %2500"), ("Input.Description", "The pier"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("Name holds a character that cannot be shown. Please take it out.", answer.TextOf("#Input_Name-error"));
        Assert.Equal(("Har\u0001bour %2500", "The pier"), (answer.ValueOf("Input.Name"), answer.ValueOf("Input.Description")));
    }
}
