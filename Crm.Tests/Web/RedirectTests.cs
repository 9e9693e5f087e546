using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Web;

namespace Crm.Tests.Web;

public sealed class RedirectTests
{
    private static readonly string[] Elsewhere =
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example/", "/\t/evil.example/", "\\\\evil.example", "http:evil.example", "https:/evil.example",
        "javascript:alert(1)", "data:text/html,x", "///evil.example", "/\n//evil.example", " //evil.example", "@evil.example",
    ];

    [Fact]
    public async Task No_parameter_leads_anywhere_else()
    {
        await using var host = await CrmHost.StartAsync();
        var person = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var browser = await host.VisitAsync(person);
        foreach (var url in Elsewhere.Select(Uri.EscapeDataString))
        {
            foreach (var path in new[] { "/sign-in", "/confirm" })
            {
                Assert.True(LocalAddress.IsLocal((await browser.GetAsync($"{path}?returnUrl={url}")).Location ?? "/"), url);
            }
        }
    }

    [Fact]
    public async Task No_form_leads_anywhere_else_after_signing_in()
    {
        await using var host = await CrmHost.StartAsync();
        var person = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        foreach (var url in Elsewhere.Take(4))
        {
            using var visitor = await host.VisitAsync();
            var answer = await visitor.PostAsync("/sign-in", ("Email", person.Email!), ("Password", CrmHost.Password), ("ReturnUrl", url));

            Assert.Equal((HttpStatusCode.Found, "/"), (answer.Status, answer.Location));
        }
    }

    [Theory]
    [InlineData("https://evil.example/projects")]
    [InlineData("https://evil.example//evil.example/")]
    [InlineData("https://127.0.0.1//evil.example/x")]
    [InlineData("javascript:alert(1)")]
    public async Task No_referer_leads_anywhere_else(string referer)
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me, ("Checkout", me, 0));
        using var stranger = new HttpRequestMessage(HttpMethod.Post, "/projects/7?handler=Archive") { Content = new FormUrlEncodedContent([]) };
        stranger.Headers.TryAddWithoutValidation("Referer", referer);
        using var member = new HttpRequestMessage(HttpMethod.Post, "/tasks/1/archive?on=search") { Content = new FormUrlEncodedContent([]) };
        member.Headers.TryAddWithoutValidation("Referer", referer);
        member.Headers.Add("RequestVerificationToken", await browser.TokenAsync());

        var asked = await visitor.SendAsync(stranger);
        var archived = await browser.SendAsync(member);

        Assert.StartsWith("/sign-in?returnUrl=%2F", asked.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", asked.Location![..Math.Min(asked.Location!.Length, 28)], StringComparison.Ordinal);
        Assert.StartsWith("/tasks", archived.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/projects?q=//x", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("projects", false)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/a\nb", false)]
    public void An_address_of_this_site_begins_with_one_slash(string? url, bool isLocal) => Assert.Equal(isLocal, LocalAddress.IsLocal(url));
}
