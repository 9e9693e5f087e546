using System.Net;
using Crm.Accounts.Security;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts.Security;

public sealed class AuthenticatorTests
{
    private const string Page = "/profile/security/authenticator";

    [Fact]
    public async Task An_app_counts_when_a_code_of_it_has_come_back_and_then_recovery_codes_are_shown_once()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var (browser, person) = await host.SignInAsync();
        using var _ = browser;
        using var phone = await host.VisitAsync(person);
        var page = await browser.GetAsync(Page);
        var key = page.TextOf("code.key")!.Replace(" ", "", StringComparison.Ordinal);

        var wrong = await browser.PostAsync(Page, ("Sealed", page.ValueOf("Sealed")!), ("Code", "000000"));
        var isOnAfterWrong = await host.ReadAsync(db => db.UserTokens.AnyAsync());
        var right = await browser.PostAsync(Page, ("Sealed", wrong.ValueOf("Sealed")!), ("Code", host.Code(key)));
        var shown = await browser.GetAsync(right.Location!);
        var again = await browser.GetAsync(right.Location!);

        Assert.NotNull(page.Html.QuerySelector("svg.qr path"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, false), (wrong.Status, isOnAfterWrong));
        Assert.Equal(page.TextOf("code.key"), wrong.TextOf("code.key"));
        var codes = shown.TextOf(".codes textarea")!.Split('\n');
        Assert.Equal(RecoveryCodes.Count, codes.Distinct().Count());
        Assert.Null(again.TextOf(".codes textarea"));
        Assert.True(await host.ReadAsync(db => db.People.AnyAsync(p => p.TwoFactorEnabled)));
        Assert.DoesNotContain(await host.ReadAsync(db => db.UserTokens.Select(t => t.Value!).ToListAsync()), value => codes.Any(code => value.Contains(code, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(HttpStatusCode.Found, (await phone.GetAsync("/profile")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.Equal("An authenticator app is turned on", Assert.Single(host.Mail()).Subject);
    }

    [Fact]
    public async Task A_key_of_somebody_elses_form_is_not_taken()
    {
        await using var host = await CrmHost.StartAsync();
        using var thief = (await host.SignInAsync(name: "Tom Baker")).Browser;
        using var browser = (await host.SignInAsync()).Browser;
        var page = await thief.GetAsync(Page);
        var key = page.TextOf("code.key")!.Replace(" ", "", StringComparison.Ordinal);

        foreach (var sealedKey in new[] { page.ValueOf("Sealed")!, "", "x", key })
        {
            Assert.Equal(Page, (await browser.PostAsync(Page, ("Sealed", sealedKey), ("Code", host.Code(key)))).Location);
        }

        Assert.False(await host.ReadAsync(db => db.UserTokens.AnyAsync()));
    }

    [Fact]
    public async Task Turning_it_off_takes_the_recovery_codes_with_it_and_ends_the_other_sessions()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        using var _ = browser;
        using var phone = await host.VisitAsync(person);
        await host.AddAuthenticatorAsync(person);

        var answer = await browser.PostAsync("/profile/security?handler=TurnOff");

        Assert.Equal("/profile/security", answer.Location);
        Assert.False(await host.ReadAsync(db => db.UserTokens.AnyAsync()));
        Assert.Equal(HttpStatusCode.Found, (await phone.GetAsync("/profile")).Status);
        Assert.Equal("/projects", (await phone.GivePasswordAsync(person)).Location);
    }

    [Fact]
    public async Task New_recovery_codes_make_the_earlier_ones_worthless_and_are_told_by_mail()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var (browser, person) = await host.SignInAsync();
        using var _ = browser;
        var (_, old) = await host.AddAuthenticatorAsync(person);
        using var visitor = await host.VisitAsync();

        var made = await browser.PostAsync("/profile/security?handler=Codes");
        var codes = (await browser.GetAsync(made.Location!)).TextOf(".codes textarea")!.Split('\n');
        var mail = Assert.Single(host.Mail());
        await visitor.GivePasswordAsync(person);

        Assert.Equal("New recovery codes were made", mail.Subject);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SendCodeAsync(old[0], recovery: true)).Status);
        Assert.Equal("/projects", (await visitor.SendCodeAsync(codes[0], recovery: true)).Location);
    }

    [Fact]
    public async Task Whoever_has_no_second_factor_gets_no_recovery_codes()
    {
        await using var host = await CrmHost.StartAsync();
        using var browser = (await host.SignInAsync()).Browser;

        var answer = await browser.PostAsync("/profile/security?handler=Codes");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.False(await host.ReadAsync(db => db.UserTokens.AnyAsync()));
    }

    [Theory]
    [InlineData("/profile/security/authenticator")]
    [InlineData("/profile/security/passkeys/new")]
    [InlineData("/profile/security/passkeys/AAAA")]
    [InlineData("/profile/security/sso")]
    public async Task Every_change_asks_once_more_who_it_is_before_its_form_is_shown(string path)
    {
        await using var host = await CrmHost.StartAsync();
        using var browser = (await host.SignInAsync()).Browser;
        host.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal("/confirm?returnUrl=" + Uri.EscapeDataString(path), (await browser.GetAsync(path)).Location);
        Assert.StartsWith("/confirm?", (await browser.PostAsync(path)).Location, StringComparison.Ordinal);
        Assert.StartsWith("/confirm?", (await browser.PostAsync("/profile/security?handler=TurnOff")).Location, StringComparison.Ordinal);
        Assert.StartsWith("/confirm?", (await browser.PostAsync("/profile/security?handler=Codes")).Location, StringComparison.Ordinal);
    }
}
