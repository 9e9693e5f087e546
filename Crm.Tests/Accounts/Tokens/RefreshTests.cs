using System.Net;
using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts.Tokens;

public sealed class RefreshTests
{
    [Fact]
    public async Task A_refreshed_session_goes_on_with_other_tokens_and_ends_when_an_old_one_is_used()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var stranger = await host.CallAsync();
        var (access, refresh) = Tokens(await CallSignInTests.LoginAsync(stranger));

        host.Time.Advance(Session.AccessLifetime);
        var expired = await StatusAsync(host, access);
        var (second, secondRefresh) = Tokens(await RefreshAsync(stranger, refresh));
        var (third, thirdRefresh) = Tokens(await RefreshAsync(stranger, secondRefresh));
        var replaced = await StatusAsync(host, second);
        var works = await StatusAsync(host, third);
        var sessions = await host.ReadAsync(db => db.Sessions.CountAsync());
        host.Time.Advance(CallSessions.Leeway + TimeSpan.FromSeconds(1));
        var stolen = await RefreshAsync(stranger, refresh);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK, 1), (expired, replaced, works, sessions));
        Assert.Equal((HttpStatusCode.Unauthorized, """Bearer error="invalid_token" """.Trim()), (stolen.Status, stolen.Header("WWW-Authenticate")));
        Assert.Contains("used before", stolen.Json["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, third));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(stranger, thirdRefresh)).Status);
        Assert.Equal((0, SignInOutcome.Refused), (await host.ReadAsync(db => db.Sessions.CountAsync()), await host.ReadAsync(db => db.SignIns.OrderBy(e => e.Id).Select(e => e.Outcome).LastAsync())));
        Assert.Contains(host.Mail(), m => m.Subject == "A program's session was ended");
    }

    [Fact]
    public async Task Of_thirty_at_the_same_time_one_gets_the_tokens_and_the_session_lives()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var stranger = await host.CallAsync();
        var (_, refresh) = Tokens(await CallSignInTests.LoginAsync(stranger));

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => RefreshAsync(stranger, refresh)));

        var winner = Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a != winner), a => Assert.Equal(HttpStatusCode.Conflict, a.Status));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, Tokens(winner).Access));
    }

    [Fact]
    public async Task No_token_is_taken_for_one_of_another_kind()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var stranger = await host.CallAsync();
        var (access, refresh) = Tokens(await CallSignInTests.LoginAsync(stranger));
        var personal = await host.AddTokenAsync(ines, TokenScope.Write);
        foreach (var wrong in new[] { access, personal, refresh + "x", refresh[..^1], BearerToken.Refresh, "", "x", access.Replace(BearerToken.Access, BearerToken.Refresh, StringComparison.Ordinal) })
        {
            Assert.Contains((await RefreshAsync(stranger, wrong)).Status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.UnprocessableEntity });
            (_, refresh) = (access, await AgainAsync(host, stranger, refresh));
        }

        foreach (var wrong in new[] { refresh, access[..^1], access + "x", personal.ToUpperInvariant(), await host.SessionCookieAsync(ines), BearerToken.Personal, $"{access}, {access}" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, wrong));
        }

        using var browser = await host.VisitAsync();
        foreach (var wrong in new[] { access, refresh, personal })
        {
            browser.Cookies.Add(host.Address, new Cookie("crm-session", wrong));
            Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/projects")).Status);
        }
    }

    [Fact]
    public async Task Whoever_is_disabled_gets_no_other_tokens()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var stranger = await host.CallAsync();
        var (access, refresh) = Tokens(await CallSignInTests.LoginAsync(stranger));
        await host.SaveAsync(db => db.People.Single(p => p.Id == ines.Id).Disable(host.Now));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), ((await RefreshAsync(stranger, refresh)).Status, await StatusAsync(host, access)));
    }

    [Fact]
    public async Task However_often_refreshed_a_session_ends_after_thirty_days()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var stranger = await host.CallAsync();
        var (_, refresh) = Tokens(await CallSignInTests.LoginAsync(stranger));

        host.Time.Advance(Session.Lifetime - TimeSpan.FromMinutes(5));
        var last = await RefreshAsync(stranger, refresh);
        host.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal((300, 300), ((int)last.Json["expiresIn"]!, (int)last.Json["refreshExpiresIn"]!));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await StatusAsync(host, Tokens(last).Access), (await RefreshAsync(stranger, Tokens(last).Refresh)).Status));
    }

    private static Task<Answer> RefreshAsync(Caller caller, string refreshToken) => caller.PostAsync("/auth/refresh", new { refreshToken });

    /// <summary>The session lives: another try of a wrong token has not ended it, or it begins anew.</summary>
    private static async Task<string> AgainAsync(CrmHost host, Caller caller, string refresh)
    {
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var answer = await RefreshAsync(caller, refresh);
        return Tokens(answer.Status == HttpStatusCode.OK ? answer : await CallSignInTests.LoginAsync(caller)).Refresh;
    }

    private static async Task<HttpStatusCode> StatusAsync(CrmHost host, string token)
    {
        using var program = host.CallWith(token);
        return (await program.GetAsync("/auth/me")).Status;
    }

    private static (string Access, string Refresh) Tokens(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return (answer.Json["accessToken"]!.ToString(), answer.Json["refreshToken"]!.ToString());
    }
}
