using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts.Security;

public sealed class SecondStepTests
{
    [Fact]
    public async Task After_the_password_a_code_is_asked_for_and_until_then_there_is_no_session()
    {
        await using var host = await CrmHost.StartAsync();
        var person = await host.AddPersonAsync("Inès Moreau");
        var (key, _) = await host.AddAuthenticatorAsync(person);
        using var visitor = await host.VisitAsync();

        var asked = await visitor.GivePasswordAsync(person);
        var page = await visitor.GetAsync(asked.Location!);
        var before = (await visitor.GetAsync("/profile")).Status;
        var wrong = await visitor.SendCodeAsync("000000");
        var right = await visitor.SendCodeAsync(host.Code(key));
        var session = await host.ReadAsync(db => db.Sessions.SingleAsync());

        Assert.Equal("/sign-in/code?returnUrl=%2Fprojects", asked.Location);
        Assert.Equal("one-time-code", page.Html.QuerySelector("#Code")!.GetAttribute("autocomplete"));
        Assert.Equal("/projects", page.ValueOf("returnUrl"));
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.UnprocessableEntity), (before, wrong.Status));
        Assert.Equal("/projects", right.Location);
        Assert.Equal((true, SignInMethod.AuthenticatorCode), (session.HasSecondFactor, session.Method));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task No_code_opens_twice()
    {
        await using var host = await CrmHost.StartAsync();
        var person = await host.AddPersonAsync("Inès Moreau");
        var (key, codes) = await host.AddAuthenticatorAsync(person);
        using var first = await host.VisitAsync();
        using var second = await host.VisitAsync();
        await first.GivePasswordAsync(person);
        await first.SendCodeAsync(host.Code(key));
        await second.GivePasswordAsync(person);

        var again = await second.SendCodeAsync(host.Code(key));
        var recovered = await second.SendCodeAsync(codes[0], recovery: true);
        using var third = await host.VisitAsync();
        await third.GivePasswordAsync(person);
        var recoveredAgain = await third.SendCodeAsync(codes[0], recovery: true);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Equal("/projects", recovered.Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, recoveredAgain.Status);
        Assert.Equal(2, await host.ReadAsync(db => db.Sessions.CountAsync()));
    }

    [Fact]
    public async Task A_recovery_code_is_told_of_by_mail_with_the_number_left()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var person = await host.AddPersonAsync("Inès Moreau");
        var (_, codes) = await host.AddAuthenticatorAsync(person);
        using var visitor = await host.VisitAsync();
        await visitor.GivePasswordAsync(person);

        await visitor.SendCodeAsync(codes[3].ToUpperInvariant(), recovery: true);

        var mail = Assert.Single(host.Mail(), m => m.Subject == "A recovery code was used");
        Assert.Contains("9 recovery codes are left", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("You have 9 left", (await visitor.GetAsync("/profile/security")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_gave_no_password_lately_begins_again()
    {
        await using var host = await CrmHost.StartAsync();
        var person = await host.AddPersonAsync("Inès Moreau");
        var (key, _) = await host.AddAuthenticatorAsync(person);
        using var stranger = await host.VisitAsync();
        using var late = await host.VisitAsync();
        using var changed = await host.VisitAsync();
        await late.GivePasswordAsync(person);
        host.Time.Advance(TimeSpan.FromMinutes(11));
        await changed.GivePasswordAsync(person);
        await host.SaveAsync(db => db.People.Single().SecurityStamp = "another password's");

        Assert.Equal("/sign-in?returnUrl=%2Fprojects", (await stranger.SendCodeAsync(host.Code(key))).Location);
        Assert.Equal("/sign-in?returnUrl=%2Fprojects", (await late.SendCodeAsync(host.Code(key))).Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await changed.SendCodeAsync(host.Code(key))).Status);
        Assert.Equal(0, await host.ReadAsync(db => db.Sessions.CountAsync()));
    }

    [Fact]
    public async Task Guessed_codes_are_slowed_down_like_guessed_passwords()
    {
        await using var host = await CrmHost.StartAsync();
        var person = await host.AddPersonAsync("Inès Moreau");
        var (key, _) = await host.AddAuthenticatorAsync(person);
        using var visitor = await host.VisitAsync();
        await visitor.GivePasswordAsync(person);
        for (var i = 0; i < AccountLimits.TriesPerAccount; i++)
        {
            await visitor.SendCodeAsync("000000");
        }

        var answer = await visitor.SendCodeAsync(host.Code(key));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(0, await host.ReadAsync(db => db.Sessions.CountAsync()));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    public async Task It_leads_nowhere_else(string wanted)
    {
        await using var host = await CrmHost.StartAsync();
        var person = await host.AddPersonAsync("Inès Moreau");
        var (key, _) = await host.AddAuthenticatorAsync(person);
        using var visitor = await host.VisitAsync();

        var asked = await visitor.GivePasswordAsync(person, wanted);
        var answer = await visitor.SendCodeAsync(host.Code(key), wanted);

        Assert.Equal(("/sign-in/code?returnUrl=%2F", "/"), (asked.Location, answer.Location));
    }
}
