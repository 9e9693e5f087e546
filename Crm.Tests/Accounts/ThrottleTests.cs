using System.Globalization;
using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts;

public sealed class ThrottleTests
{
    [Fact]
    public async Task Guessing_elsewhere_never_keeps_somebody_out_of_a_browser_that_they_have_used()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var own = await host.VisitAsync();
        await SignInAsync(own);
        await own.PostAsync("/sign-out");
        using var stranger = await host.VisitAsync();

        await GuessAsync(stranger, AccountLimits.TriesPerAccount);
        var elsewhere = await SignInAsync(stranger);
        var home = await SignInAsync(own);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/"), (elsewhere.Status, home.Location));
        var tries = await host.ReadAsync(db => db.SignIns.OrderBy(e => e.Id).ToListAsync());
        Assert.All(tries, t => Assert.Equal((ines.Id, SignInMethod.Password, "127.0.0.1"), (t.PersonId, t.Method, t.Address)));
        Assert.Equal(
            [SignInOutcome.SignedIn, .. Enumerable.Repeat(SignInOutcome.WrongPassword, AccountLimits.TriesPerAccount), SignInOutcome.Throttled, SignInOutcome.SignedIn],
            tries.Select(t => t.Outcome));
        Assert.Equal((null, true), (tries[0].DeviceHash, tries[^1].DeviceHash is not null));

        host.Time.Advance(AccountLimits.Window);
        Assert.Equal("/", (await SignInAsync(stranger)).Location);
    }

    [Fact]
    public async Task A_browser_that_is_known_has_a_count_of_its_own()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var lost = await host.VisitAsync();
        await SignInAsync(lost);
        await lost.PostAsync("/sign-out");
        using var other = await host.VisitAsync();

        await GuessAsync(lost, AccountLimits.TriesPerAccount);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(lost)).Status);
        Assert.Equal("/", (await SignInAsync(other)).Location);
    }

    [Fact]
    public async Task Guesses_at_once_count_each_and_the_address_has_to_wait()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var stranger = await host.VisitAsync();

        await GuessAsync(stranger, AccountLimits.TriesPerAddress + 2);
        var answer = await SignInAsync(stranger);
        var nobody = await SignInAsync(stranger, "nobody@example.com");

        Assert.Equal((HttpStatusCode.TooManyRequests, "900"), (answer.Status, answer.Header("Retry-After")));
        Assert.Contains("15 minutes", answer.TextOf(".error[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("ines@example.com", answer.ValueOf("Email"));
        Assert.Equal((answer.Status, answer.TextOf(".error[role=alert]")), (nobody.Status, nobody.TextOf(".error[role=alert]")));
        var outcomes = await host.ReadAsync(db => db.SignIns.GroupBy(e => e.Outcome).ToDictionaryAsync(g => g.Key, g => g.Count()));
        Assert.Equal(
            (AccountLimits.TriesPerAccount, AccountLimits.TriesPerAddress - AccountLimits.TriesPerAccount, 0),
            (outcomes[SignInOutcome.WrongPassword], outcomes[SignInOutcome.Throttled], outcomes.GetValueOrDefault(SignInOutcome.SignedIn)));
    }

    [Fact]
    public async Task Addresses_without_an_account_are_answered_counted_and_slowed_alike()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var visitor = await host.VisitAsync();
        await visitor.TokenAsync();

        async Task<(HttpStatusCode, string?, int)> TryAsync(string email)
        {
            host.Queries.Clear();
            var answer = await SignInAsync(visitor, email, "wrong");
            return (answer.Status, answer.TextOf(".error[role=alert]"), host.Queries.Commands.Count);
        }

        var wrong = await TryAsync("ines@example.com");
        await GuessAsync(visitor, AccountLimits.TriesPerAccount);

        Assert.Equal(wrong, await TryAsync("ines@example.com"));
        Assert.Equal(wrong, await TryAsync("nobody@example.com"));
        Assert.Equal(1, await host.ReadAsync(db => db.SignIns.CountAsync(e => e.PersonId == null)));
    }

    [Fact]
    public async Task A_reset_link_lets_somebody_in_on_a_new_device_whoever_guesses()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var stranger = await host.VisitAsync();
        await GuessAsync(stranger, AccountLimits.TriesPerAccount);
        using var phone = await host.VisitAsync();

        await phone.PostAsync("/forgot", ("Email", "ines@example.com"));
        var link = host.Mail()[0].TextBody!.Split('\n').Single(line => line.Contains("/reset/", StringComparison.Ordinal)).Trim();
        await phone.PostAsync(new Uri(link).AbsolutePath, ("Password", "staple battery horse"));

        Assert.Equal("/", (await SignInAsync(phone, password: "staple battery horse")).Location);
        Assert.Contains(host.Mail(), mail => mail.Subject == "Your password was changed");
    }

    [Fact]
    public async Task A_person_is_mailed_a_few_links_an_hour_and_an_address_asks_for_a_few_more_with_the_same_answer()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var visitor = await host.VisitAsync();

        var answers = new List<string?>();
        for (var n = 0; n < AccountLimits.LinksPerPerson + 2; n++)
        {
            answers.Add((await visitor.PostAsync("/forgot", ("Email", n == 0 ? "nobody@example.com" : "ines@example.com"))).TextOf("main"));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(AccountLimits.LinksPerPerson, host.Mail().Count);
        host.Time.Advance(AccountLimits.LinkWindow);
        await visitor.PostAsync("/forgot", ("Email", "ines@example.com"));
        Assert.Equal(AccountLimits.LinksPerPerson + 1, host.Mail().Count);
    }

    [Fact]
    public async Task A_sign_in_in_an_unknown_browser_is_mailed_and_the_next_one_there_is_not()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var visitor = await host.VisitAsync();

        await GuessAsync(visitor, 1);
        await SignInAsync(visitor);
        await visitor.PostAsync("/sign-out");
        await SignInAsync(visitor);

        var mail = Assert.Single(host.Mail());
        Assert.Equal(("New sign-in to Northlight Studio", "ines@example.com"), (mail.Subject, mail.To.Mailboxes.Single().Address));
        Assert.Contains("127.0.0.1", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_lost_keys_a_browser_is_merely_unknown_and_the_mark_is_out_of_reach_of_scripts()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var visitor = await host.VisitAsync();
        visitor.Cookies.Add(host.Address, new Cookie(DeviceMark.CookieName, "CfDJ8" + new string('A', 90)));

        var answer = await SignInAsync(visitor);

        Assert.Equal("/", answer.Location);
        var cookie = answer.Header("Set-Cookie")!.Split(", ").Single(c => c.StartsWith(DeviceMark.CookieName, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=31536000", cookie, StringComparison.Ordinal);
    }

    private static Task<Answer> SignInAsync(Visitor visitor, string email = "ines@example.com", string password = CrmHost.Password) =>
        visitor.PostAsync("/sign-in", ("Email", email), ("Password", password));

    private static async Task GuessAsync(Visitor visitor, int times)
    {
        await visitor.TokenAsync();
        await Task.WhenAll(Enumerable.Range(0, times).Select(n => SignInAsync(visitor, password: string.Create(CultureInfo.InvariantCulture, $"guess {n}"))));
    }
}
