using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts.Security;

/// <summary>What is no passkey. That a good one opens, a browser shows.</summary>
public sealed class PasskeyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA","authenticatorData":"AAAA","signature":"AAAA","userHandle":"MQ"},"clientExtensionResults":{}}""")]
    public async Task What_is_none_opens_nothing_and_is_not_kept(string credential)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        using var _ = browser;
        using var visitor = await host.VisitAsync();

        await visitor.PostAsync("/sign-in/passkey?handler=Offer");
        var door = await visitor.PostAsync("/sign-in/passkey", ("Credential", credential));
        await browser.PostAsync("/profile/security/passkeys/new?handler=Offer");
        var made = await browser.PostAsync("/profile/security/passkeys/new", ("Name", "Laptop"), ("Credential", credential));
        host.Time.Advance(TimeSpan.FromMinutes(11));
        await browser.PostAsync("/confirm/passkey?handler=Offer");
        var confirmed = await browser.PostAsync("/confirm/passkey", ("Credential", credential));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (door.Status, made.Status));
        Assert.Equal("/confirm?returnUrl=%2Fprofile&refusal=passkey", confirmed.Location);
        Assert.Equal((1, 0, false), await host.ReadAsync(async db => (await db.Sessions.CountAsync(), await db.UserPasskeys.CountAsync(), await db.People.AnyAsync(p => p.TwoFactorEnabled))));
        Assert.Equal(person.Id, await host.ReadAsync(db => db.Sessions.Select(s => s.PersonId).SingleAsync()));
    }

    [Fact]
    public async Task A_sign_in_without_a_question_before_is_refused_and_written_down()
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();

        var answer = await visitor.PostAsync("/sign-in/passkey", ("Credential", "{}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal((SignInMethod.Passkey, SignInOutcome.WrongCode), await host.ReadAsync(async db => await db.SignIns.SingleAsync() is var e ? (e.Method, e.Outcome) : default));
    }

    [Fact]
    public async Task Nobody_sees_or_removes_anothers()
    {
        await using var host = await CrmHost.StartAsync();
        using var browser = (await host.SignInAsync()).Browser;

        foreach (var key in new[] { "AAAA", "!!", "x" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/profile/security/passkeys/{Uri.EscapeDataString(key)}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync($"/profile/security/passkeys/{Uri.EscapeDataString(key)}?handler=Remove")).Status);
        }
    }
}
