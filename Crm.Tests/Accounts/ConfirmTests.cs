using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts;

public sealed class ConfirmTests
{
    [Fact]
    public async Task What_is_dangerous_asks_for_the_password_when_the_last_proof_is_old()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        using var _1 = browser;
        var act = await ActAsync(host);
        host.Time.Advance(TimeSpan.FromMinutes(11));

        var asked = await PostFromAsync(browser, act, host);
        var wrong = await browser.PostAsync(asked.Location!, ("Password", "wrong"));
        var right = await browser.PostAsync(asked.Location!, ("Password", CrmHost.Password));
        var page = await browser.GetAsync(right.Location!);
        var done = await PostFromAsync(browser, act, host);

        Assert.Equal("/confirm?returnUrl=%2Fpeople&again=true", asked.Location);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/people"), (wrong.Status, right.Location));
        Assert.NotNull(wrong.TextOf("#Password-error"));
        Assert.Contains("once more", page.TextOf("#flash"), StringComparison.Ordinal);
        Assert.Equal("/people/link", done.Location);
    }

    [Fact]
    public async Task Htmx_is_led_there_as_a_whole_page_and_comes_back_to_it()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        using var _1 = browser;
        var act = await ActAsync(host);
        host.Time.Advance(TimeSpan.FromMinutes(11));

        var answer = await browser.PostFragmentAsync(act);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("/confirm?returnUrl=%2F&again=true", answer.Header("HX-Redirect"));
    }

    [Fact]
    public async Task A_proof_gives_the_browser_a_new_key_and_the_old_one_opens_nothing()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        using var _1 = browser;
        host.Time.Advance(TimeSpan.FromMinutes(11));
        var copy = new CookieContainer();
        copy.Add(browser.Cookies.GetAllCookies());
        using var thief = new Visitor(host.Address, copy);

        await browser.PostAsync("/confirm", ("Password", CrmHost.Password));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.Equal(HttpStatusCode.Found, (await thief.GetAsync("/profile")).Status);
        Assert.Equal(host.Now, await host.ReadAsync(db => db.Sessions.Select(s => s.ConfirmedAt).SingleAsync()));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    public async Task It_leads_nowhere_else(string wanted)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        using var _1 = browser;

        Assert.Equal("/profile", (await browser.PostAsync("/confirm", ("Password", CrmHost.Password), ("ReturnUrl", wanted))).Location);
        Assert.Equal("/profile", (await browser.GetAsync($"/confirm?returnUrl={Uri.EscapeDataString(wanted)}")).Location);
    }

    /// <summary>Making a link that opens somebody else's account.</summary>
    private static async Task<string> ActAsync(CrmHost host) => $"/people/{(await host.AddPersonAsync("Tom Baker")).Id}?handler=ResetLink";

    private static async Task<Answer> PostFromAsync(Visitor browser, string act, CrmHost host)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, act) { Content = new FormUrlEncodedContent([new("_token", await browser.TokenAsync())]) };
        request.Headers.Referrer = new Uri(host.Address, "/people");
        return await browser.SendAsync(request);
    }
}
