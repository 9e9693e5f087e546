using System.Net;
using Crm.Accounts;
using Crm.Admin;
using Crm.Tests.Accounts.Security;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts.SingleSignOn;

public sealed class SingleSignOnTests : IAsyncLifetime
{
    private TestProvider _provider = null!;

    public async ValueTask InitializeAsync() => _provider = await TestProvider.StartAsync();

    public async ValueTask DisposeAsync() => await _provider.DisposeAsync();

    [Fact]
    public async Task Whoever_has_an_account_comes_in_by_address_once_and_by_the_providers_own_name_from_then_on()
    {
        await using var host = await HostAsync();
        var person = await host.AddPersonAsync("Inès Moreau", email: "Ines@Example.com");
        await host.AddAuthenticatorAsync(person);
        using var first = await host.VisitAsync();
        using var later = await host.VisitAsync();

        var page = await first.GetAsync("/sign-in?returnUrl=/projects");
        var answer = await GoThroughAsync(first, page.Html.QuerySelector("a[href^='/sign-in/sso']")!.GetAttribute("href")!);
        await host.SaveAsync(db => db.People.Single().SignInWith("other@example.com"));
        var again = await GoThroughAsync(later, "/sign-in/sso");

        Assert.Equal(("/projects", "/"), (answer.Location, again.Location));
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/profile")).Status);
        Assert.Equal((_provider.Address, "ines", person.Id), await host.ReadAsync(async db => await db.UserLogins.SingleAsync() is var login ? (login.LoginProvider, login.ProviderKey, login.UserId) : default));
        Assert.All(await host.ReadAsync(db => db.Sessions.ToListAsync()), s => Assert.Equal((SignInMethod.SingleSignOn, true), (s.Method, s.HasSecondFactor)));
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("client", Role.Client)]
    [InlineData("member", Role.Member)]
    public async Task Strangers_come_in_only_as_what_the_settings_say(string register, Role? role)
    {
        await using var host = await HostAsync(register);
        using var visitor = await host.VisitAsync();

        var answer = await GoThroughAsync(visitor, "/sign-in/sso");

        Assert.Equal(role is null ? HttpStatusCode.Forbidden : HttpStatusCode.Found, answer.Status);
        Assert.Equal(role is null ? [] : [(role.Value, "Inès Moreau", "ines@example.com")], await host.ReadAsync(async db => (await db.People.ToListAsync()).Select(p => (p.Role, p.Name, p.Email!))));
        if (role is null)
        {
            Assert.Equal("You have no account here", answer.TextOf("h1"));
            Assert.Equal(0, await host.ReadAsync(db => db.Sessions.CountAsync()));
        }
    }

    [Fact]
    public async Task An_invitation_for_the_verified_address_is_accepted_with_its_role()
    {
        await using var host = await HostAsync();
        var admin = await host.AddPersonAsync("Tom Baker", Role.Admin);
        await host.SaveAsync(db => db.Invitations.Add(Invitation.Create(Secret.Hash("token"), Role.Client, "INES@example.com", null, null, admin.Id, host.Now)));
        using var visitor = await host.VisitAsync();

        var join = await visitor.GetAsync("/join/token");
        var answer = await GoThroughAsync(visitor, join.Html.QuerySelector("a[href='/sign-in/sso']")!.GetAttribute("href")!);

        Assert.Equal("/", answer.Location);
        Assert.Equal(Role.Client, await host.ReadAsync(db => db.People.Where(p => p.Email == "ines@example.com").Select(p => p.Role).SingleAsync()));
        Assert.NotNull(await host.ReadAsync(db => db.Invitations.Select(i => i.AcceptedAt).SingleAsync()));
        using var later = await host.VisitAsync();
        Assert.Equal(HttpStatusCode.Gone, (await later.GetAsync("/join/token")).Status);
    }

    [Theory]
    [InlineData("unverified", "Harbour ID names no e-mail address of yours")]
    [InlineData("no address", "Harbour ID names no e-mail address of yours")]
    [InlineData("disabled", "Your account cannot be used")]
    [InlineData("cancelled", "Harbour ID did not let you through")]
    [InlineData("error", "Harbour ID gave no answer that can be trusted")]
    [InlineData("forged", "Harbour ID gave no answer that can be trusted")]
    [InlineData("open", "Sign in with your password first")]
    public async Task A_refusal_says_why_and_lets_nobody_in(string why, string title)
    {
        await using var host = await HostAsync();
        var person = await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        await ArrangeAsync(host, person, why);
        using var visitor = await host.VisitAsync();

        var answer = await GoThroughAsync(visitor, "/sign-in/sso");

        Assert.Equal((HttpStatusCode.Forbidden, title), (answer.Status, answer.TextOf("h1")));
        Assert.Equal((0, 0), await host.ReadAsync(async db => (await db.Sessions.CountAsync(), await db.UserLogins.CountAsync())));
        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_named_and_the_password_still_works()
    {
        await using var host = await HostAsync();
        var person = await host.AddPersonAsync("Inès Moreau");
        using var visitor = await host.VisitAsync();
        await _provider.StopAsync();

        var answer = await visitor.GetAsync("/sign-in/sso");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Harbour ID does not answer"), (answer.Status, answer.TextOf("h1")));
        Assert.Equal("/projects", (await visitor.GivePasswordAsync(person)).Location);
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_is_refused()
    {
        await using var host = await HostAsync();
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var visitor = await host.VisitAsync();
        using var other = await host.VisitAsync();
        var asked = await other.GetAsync("/sign-in/sso");
        var callback = await FromProviderAsync(asked);

        var forced = await visitor.GetAsync(callback);
        var bare = await visitor.GetAsync("/sign-in/sso/callback?code=x&state=y");
        var done = await visitor.GetAsync("/sign-in/sso/done");

        Assert.Equal(("/sign-in/sso/failed", "/sign-in/sso/failed", "/sign-in"), (forced.Location, bare.Location, done.Location));
        Assert.Equal(0, await host.ReadAsync(db => db.Sessions.CountAsync()));
    }

    [Fact]
    public async Task Somebody_signed_in_links_after_a_question_and_takes_the_link_away_again()
    {
        await using var host = await HostAsync();
        var (browser, person) = await host.SignInAsync();
        using var _ = browser;
        _provider.Claims["email"] = "private@example.org";

        var question = await GoThroughAsync(browser, "/profile/security/sso?handler=Ask");
        var page = await browser.GetAsync(question.Location ?? "/profile/security/sso");
        var before = await host.ReadAsync(db => db.UserLogins.CountAsync());
        var linked = await browser.PostAsync("/profile/security/sso");
        using var visitor = await host.VisitAsync();
        var cameIn = await GoThroughAsync(visitor, "/sign-in/sso");
        var unlinked = await browser.PostAsync("/profile/security/sso?handler=Unlink");

        Assert.Contains("private@example.org", page.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal((0, "/profile/security", "/", "/profile/security"), (before, linked.Location, cameIn.Location, unlinked.Location));
        Assert.Equal(0, await host.ReadAsync(db => db.UserLogins.CountAsync()));
        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task The_only_way_in_cannot_be_taken_away_and_nobody_elses_link_is_taken_over()
    {
        await using var host = await HostAsync("member");
        using var alone = await host.VisitAsync();
        await GoThroughAsync(alone, "/sign-in/sso");
        using var other = (await host.SignInAsync(name: "Tom Baker")).Browser;
        await GoThroughAsync(other, "/profile/security/sso?handler=Ask");

        var unlinked = await alone.PostAsync("/profile/security/sso?handler=Unlink");
        var taken = await other.PostAsync("/profile/security/sso");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (unlinked.Status, taken.Status));
        Assert.Equal("ines@example.com", await host.ReadAsync(db => db.UserLogins.Select(l => db.People.Single(p => p.Id == l.UserId).Email).SingleAsync()));
    }

    [Fact]
    public async Task Whoever_has_no_password_shows_who_they_are_at_the_provider_anew()
    {
        await using var host = await HostAsync("member");
        using var browser = await host.VisitAsync();
        await GoThroughAsync(browser, "/sign-in/sso");
        await host.ReadAsync(db => db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.ConfirmedAt, host.Now.AddMinutes(-11))));
        var asked = await browser.GetAsync("/profile/password");
        var way = (await browser.GetAsync(asked.Location!)).Html.QuerySelector("a[href^='/confirm/sso']")!.GetAttribute("href")!;

        _provider.IgnoresPrompt = true;
        var old = await GoThroughAsync(browser, way);
        _provider.IgnoresPrompt = false;
        _provider.Claims["sub"] = "somebody else";
        var others = await GoThroughAsync(browser, way);
        _provider.Claims["sub"] = "ines";
        var good = await GoThroughAsync(browser, way);

        Assert.StartsWith("/confirm?", old.Location, StringComparison.Ordinal);
        Assert.StartsWith("/confirm?", others.Location, StringComparison.Ordinal);
        Assert.Equal("/profile/password", good.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile/password")).Status);
    }

    [Theory]
    [InlineData("/sign-in/sso")]
    [InlineData("/sign-in/sso/failed")]
    public async Task Without_a_provider_there_is_nothing(string path)
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
        Assert.Null((await visitor.GetAsync("/sign-in")).Html.QuerySelector("a[href^='/sign-in/sso']"));
    }

    private async Task<CrmHost> HostAsync(string register = "none")
    {
        var host = await CrmHost.StartAsync(configure: _provider.Configure(register));
        // The tokens' times are the machine's.
        host.Time.SetUtcNow(DateTimeOffset.UtcNow);
        return host;
    }

    private async Task ArrangeAsync(CrmHost host, Person person, string why)
    {
        switch (why)
        {
            case "unverified": _provider.Claims["email_verified"] = false; break;
            case "no address": _provider.Claims.Remove("email"); break;
            case "cancelled": _provider.Error = "access_denied"; break;
            case "error": _provider.Error = "server_error"; break;
            case "forged": _provider.ForgedNonce = "x"; break;
            case "disabled": await host.SaveAsync(db => db.People.Single(p => p.Id == person.Id).Disable(host.Now)); break;
            case "open": await host.SaveAsync(db => db.Workspaces.Single().Admit(Registration.Open)); break;
        }
    }

    /// <summary>From our page to the provider and back, until a page of ours answers that is not on the way.</summary>
    private static async Task<Answer> GoThroughAsync(Visitor visitor, string path)
    {
        var callback = await FromProviderAsync(await visitor.GetAsync(path));
        var answer = await visitor.GetAsync(callback);
        return answer.Location is { } next ? await visitor.GetAsync(next) : answer;
    }

    private static async Task<string> FromProviderAsync(Answer asked)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(asked.Header("Location")!), TestContext.Current.CancellationToken);
        return answer.Headers.Location!.PathAndQuery;
    }
}
