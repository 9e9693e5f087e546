using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts;

public sealed class PasswordTests
{
    private const string New = "staple battery horse";

    [Fact]
    public async Task A_changed_password_ends_all_other_sessions()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        using var _ = browser;
        using var phone = await host.VisitAsync(person);

        var answer = await browser.PostAsync("/profile/password", ("Password.Present", CrmHost.Password), ("Password.New", New));

        Assert.Equal("/profile/security", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.Equal(HttpStatusCode.Found, (await phone.GetAsync("/profile")).Status);
        Assert.Equal("/", (await phone.PostAsync("/sign-in", ("Email", person.Email!), ("Password", New))).Location);
    }

    [Theory]
    [InlineData("wrong", New, "Password_Present")]
    [InlineData(CrmHost.Password, "", "Password_New")]
    [InlineData(CrmHost.Password, "Inès Moreau", "Password_New")]
    [InlineData(CrmHost.Password, "northlight studio", "Password_New")]
    [InlineData(CrmHost.Password, "1q2w3e4r5t", "Password_New")]
    public async Task A_refused_change_leaves_the_password_and_the_sessions(string present, string wanted, string field)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        using var _ = browser;
        using var phone = await host.VisitAsync(person);

        var answer = await browser.PostAsync("/profile/password", ("Password.Present", present), ("Password.New", wanted));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.TextOf($"#{field}-error"));
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/profile")).Status);
        Assert.Equal(person.PasswordHash, await host.ReadAsync(db => db.People.Select(p => p.PasswordHash).SingleAsync()));
    }

    [Fact]
    public async Task An_admins_link_lets_somebody_choose_a_new_password_once()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        var tom = await host.AddPersonAsync("Tom Baker");
        using var phone = await host.VisitAsync(tom);
        var made = await admin.PostAsync($"/people/{tom.Id}?handler=ResetLink");
        var path = new Uri((await admin.GetAsync(made.Location!)).Html.QuerySelector(".code-box input")!.GetAttribute("value")!).AbsolutePath;
        using var visitor = await host.VisitAsync();

        var weak = await visitor.PostAsync(path, ("Password", "short"));
        var saved = await visitor.PostAsync(path, ("Password", New));
        var again = await visitor.PostAsync(path, ("Password", "another long one"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.Status);
        Assert.Equal("/sign-in", saved.Location);
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.Equal(HttpStatusCode.Found, (await phone.GetAsync("/profile")).Status);
        Assert.Equal("/", (await visitor.PostAsync("/sign-in", ("Email", tom.Email!), ("Password", New))).Location);
    }

    [Fact]
    public async Task A_forged_reset_link_is_not_good()
    {
        await using var host = await CrmHost.StartAsync();
        var tom = await host.AddPersonAsync("Tom Baker");
        using var visitor = await host.VisitAsync();

        foreach (var token in new[] { "x", "!!", "AAAA", new string('A', 3000) })
        {
            Assert.Equal(HttpStatusCode.Gone, (await visitor.PostAsync($"/reset/{tom.Id}/{token}", ("Password", New))).Status);
        }

        Assert.Equal(tom.PasswordHash, await host.ReadAsync(db => db.People.Select(p => p.PasswordHash).SingleAsync()));
    }

    [Fact]
    public async Task Whoever_forgot_is_mailed_a_link_and_nobody_learns_who_has_an_account()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        using var visitor = await host.VisitAsync();

        var known = await visitor.PostAsync("/forgot", ("Email", "tom@example.com"));
        var unknown = await visitor.PostAsync("/forgot", ("Email", "nobody@example.com"));

        Assert.Equal((HttpStatusCode.OK, known.TextOf("main")), (unknown.Status, unknown.TextOf("main")));
        var mail = Assert.Single(host.Mail());
        Assert.Equal("tom@example.com", mail.To.Mailboxes.Single().Address);
        var path = mail.TextBody!.Split('\n').Single(line => line.StartsWith("https://crm.example/reset/", StringComparison.Ordinal)).Trim()["https://crm.example".Length..];
        Assert.Equal("Choose a new password", (await visitor.GetAsync(path)).TextOf("h1"));
    }

    [Fact]
    public async Task Without_a_mail_server_whoever_forgot_is_told_to_ask_an_admin()
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();

        var answer = await visitor.GetAsync("/forgot");

        Assert.Contains("Ask an admin", answer.TextOf("main"), StringComparison.Ordinal);
        Assert.Null(answer.Html.QuerySelector("form"));
    }

    [Fact]
    public async Task A_link_in_a_mail_never_begins_with_what_a_strangers_request_claims()
    {
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            MailHost.Unreachable(builder);
            builder.Configuration["PublicUrl"] = "";
        });
        await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        using var visitor = await host.VisitAsync();

        await visitor.PostAsync("/forgot", ("Email", "tom@example.com"));

        Assert.Empty(host.Mail());
    }
}
