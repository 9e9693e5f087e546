using System.Text.RegularExpressions;
using Crm.Accounts;
using Crm.Tests.Host;

namespace Crm.Tests.Web.Requests;

public sealed class ServerTimingTests
{
    private static readonly Regex Timing = new("""^app;dur=\d+\.\d, db;dur=\d+\.\d;desc="(?<queries>\d+) queries"$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    [Theory]
    [InlineData("/")]
    [InlineData("/projects")]
    [InlineData("/tasks")]
    [InlineData("/nowhere")]
    [InlineData("/settings")]
    public async Task Each_page_tells_people_who_are_signed_in_how_long_it_took_and_how_many_queries(string path)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        host.Queries.Clear();

        foreach (var ask in new Func<Task<Answer>>[] { () => browser.GetAsync(path), () => browser.GetFragmentAsync(path) })
        {
            var answer = await ask();
            var timing = Timing.Match(answer.Header("Server-Timing") ?? "");
            Assert.True(timing.Success, answer.Header("Server-Timing"));
            Assert.Equal(host.Queries.Commands.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), timing.Groups["queries"].Value);
            host.Queries.Clear();
        }
    }

    [Fact]
    public async Task Strangers_are_not_told_nor_is_anybody_of_what_they_send()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var stranger = await host.VisitAsync();
        var (browser, _) = await host.SignInAsync(name: "Tom Baker");

        foreach (var path in new[] { "/sign-in", "/forgot", "/join/x", "/reset/x", "/nowhere", "/healthz" })
        {
            Assert.Equal((path, null), (path, (await stranger.GetAsync(path)).Header("Server-Timing")));
        }

        Assert.Null((await stranger.PostAsync("/sign-in", ("Email", "ines@example.com"), ("Password", "something else"))).Header("Server-Timing"));
        Assert.Null((await stranger.PostAsync("/sign-in", ("Email", "ines@example.com"), ("Password", CrmHost.Password))).Header("Server-Timing"));
        Assert.Null((await stranger.PostAsync("/forgot", ("Email", "ines@example.com"))).Header("Server-Timing"));
        Assert.Null((await browser.PostAsync("/profile/email", ("Email", "ines@example.com"))).Header("Server-Timing"));
    }
}
