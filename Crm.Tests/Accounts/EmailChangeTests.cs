using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts;

public sealed class EmailChangeTests
{
    [Fact]
    public async Task A_new_address_holds_once_its_link_was_opened_and_the_old_one_is_told()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var (browser, person) = await SignInAsync(host);
        using var _ = browser;

        await browser.PostAsync("/profile/email", ("Email", "new@example.com"));
        var waiting = await browser.GetAsync("/profile/email");
        Assert.Contains("new@example.com", waiting.TextOf(".callout"), StringComparison.Ordinal);
        Assert.Equal("tom@example.com", await EmailAsync(host, person));
        var path = Link(host, "new@example.com");
        using var elsewhere = await host.VisitAsync();
        Assert.Equal("Use this address?", (await elsewhere.GetAsync(path)).TextOf("h1"));
        Assert.Equal("tom@example.com", await EmailAsync(host, person));

        var used = await elsewhere.PostAsync(path);

        Assert.Equal("/sign-in", used.Location);
        Assert.Equal(HttpStatusCode.Gone, (await elsewhere.PostAsync(path)).Status);
        Assert.Equal("/", (await elsewhere.PostAsync("/sign-in", ("Email", "new@example.com"), ("Password", CrmHost.Password))).Location);
        Assert.Contains(host.Mail(), m => m.To.Mailboxes.Single().Address == "tom@example.com" && m.TextBody!.Contains("admin", StringComparison.Ordinal));
        Assert.True(await host.ReadAsync(db => db.Changes.AnyAsync(c => c.Field == "Email" && c.From == "tom@example.com" && c.To == "new@example.com")));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_answered_like_one_that_is_free()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        await host.AddPersonAsync("Sam Reed", email: "sam@example.com");
        var (browser, person) = await SignInAsync(host);
        using var _ = browser;

        var free = await browser.PostAsync("/profile/email", ("Email", "free@example.com"));
        var said = (await browser.GetAsync(free.Location!)).TextOf("#flash");
        var taken = await browser.PostAsync("/profile/email", ("Email", "sam@example.com"));

        Assert.Equal((free.Status, free.Location), (taken.Status, taken.Location));
        Assert.Equal(said, (await browser.GetAsync(taken.Location!)).TextOf("#flash")!.Replace("sam@", "free@", StringComparison.Ordinal));
        Assert.DoesNotContain("/email/", host.Mail().Single(m => m.To.Mailboxes.Single().Address == "sam@example.com").TextBody, StringComparison.Ordinal);
        Assert.Equal("tom@example.com", await EmailAsync(host, person));
    }

    [Fact]
    public async Task A_wish_that_was_taken_back_or_replaced_leaves_a_dead_link()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var (browser, person) = await SignInAsync(host);
        using var _ = browser;

        await browser.PostAsync("/profile/email", ("Email", "first@example.com"));
        await browser.PostAsync("/profile/email", ("Email", "second@example.com"));
        var replaced = await browser.PostAsync(Link(host, "first@example.com"));
        await browser.PostAsync("/profile/email?handler=Cancel");
        var cancelled = await browser.PostAsync(Link(host, "second@example.com"));
        await browser.PostAsync("/profile/email", ("Email", "third@example.com"));
        host.Time.Advance(TimeSpan.FromDays(1));
        using var late = await host.VisitAsync();

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (replaced.Status, cancelled.Status));
        Assert.Equal(HttpStatusCode.Gone, (await late.PostAsync(Link(host, "third@example.com"))).Status);
        Assert.Equal("tom@example.com", await EmailAsync(host, person));
    }

    [Fact]
    public async Task Without_a_mail_server_the_new_address_holds_at_once()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Sam Reed", email: "sam@example.com");
        var (browser, person) = await SignInAsync(host);
        using var _ = browser;

        var taken = await browser.PostAsync("/profile/email", ("Email", "sam@example.com"));
        var none = await browser.PostAsync("/profile/email", ("Email", "no address"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (taken.Status, none.Status));
        Assert.Equal("tom@example.com", await EmailAsync(host, person));

        Assert.Equal("/profile", (await browser.PostAsync("/profile/email", ("Email", "new@example.com"))).Location);
        Assert.Equal("new@example.com", await EmailAsync(host, person));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task It_asks_once_more_who_somebody_is_and_an_admins_change_is_told_to_the_old_address()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        using var admin = (await host.SignInAsync()).Browser;
        var (browser, person) = await SignInAsync(host);
        using var _ = browser;

        await admin.PostAsync($"/people/{person.Id}", ("Input.Name", "Tom Baker"), ("Input.Email", "tom@elsewhere.example"), ("Input.Role", "Member"));
        Assert.Equal("tom@example.com", Assert.Single(host.Mail()).To.Mailboxes.Single().Address);
        Assert.Equal("/sign-in?returnUrl=%2Fprofile%2Femail", (await browser.GetAsync("/profile/email")).Location);

        using var again = await host.VisitAsync(person);
        host.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("/confirm?returnUrl=%2Fprofile%2Femail", (await again.GetAsync("/profile/email")).Location);
    }

    [Fact]
    public async Task A_new_password_makes_a_link_worthless_that_somebody_else_may_have_asked_for()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var (browser, person) = await SignInAsync(host);
        using var _ = browser;
        await browser.PostAsync("/profile/email", ("Email", "thief@example.com"));

        var changed = await browser.PostAsync("/profile/password", ("Password.Present", CrmHost.Password), ("Password.New", "another horse, another battery"));

        Assert.Equal("/profile/security", changed.Location);
        using var thief = await host.VisitAsync();
        Assert.Equal(HttpStatusCode.Gone, (await thief.GetAsync(Link(host, "thief@example.com"))).Status);
        Assert.Equal(HttpStatusCode.Gone, (await thief.PostAsync(Link(host, "thief@example.com"))).Status);
        Assert.Equal("tom@example.com", await EmailAsync(host, person));
    }

    private static async Task<(Visitor Browser, Person Person)> SignInAsync(CrmHost host)
    {
        var person = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        return (await host.VisitAsync(person), person);
    }

    private static Task<string?> EmailAsync(CrmHost host, Person person) =>
        host.ReadAsync(db => db.People.Where(p => p.Id == person.Id).Select(p => p.Email).SingleAsync());

    private static string Link(CrmHost host, string to) =>
        new Uri(host.Mail().Single(m => m.To.Mailboxes.Single().Address == to).TextBody!.Split('\n').Single(l => l.Contains("/email/", StringComparison.Ordinal)).Trim()).AbsolutePath;
}
