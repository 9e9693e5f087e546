using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crm.Tests.Accounts;

public sealed class SignInTests
{
    [Theory]
    [InlineData("/projects?status=active", "/projects?status=active")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("", "/")]
    public async Task The_right_password_leads_to_the_page_that_was_wanted_on_this_site(string wanted, string page)
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var visitor = await host.VisitAsync();

        var answer = await SignInAsync(visitor, " Ines@Example.com ", CrmHost.Password, wanted);

        Assert.Equal(page, answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task Every_refusal_uses_the_same_words_and_keeps_the_address()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        var gone = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        await host.SaveAsync(db => db.People.Single(p => p.Id == gone.Id).Disable(host.Now));
        using var visitor = await host.VisitAsync();

        Answer[] answers =
        [
            await SignInAsync(visitor, "ines@example.com", "wrong"),
            await SignInAsync(visitor, "tom@example.com", CrmHost.Password),
            await SignInAsync(visitor, "nobody@example.com", CrmHost.Password),
            await SignInAsync(visitor, "", ""),
            await SignInAsync(visitor, "a\u0007b", "x"),
        ];

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.Status));
        Assert.Single(answers.Select(a => a.TextOf(".error[role=alert]")).Distinct());
        Assert.Equal("ines@example.com", answers[0].Html.QuerySelector("#Email")!.GetAttribute("value"));
        Assert.All(answers, a => Assert.Null(a.Html.QuerySelector("#Password")!.GetAttribute("value")));
        Assert.Equal(0, await host.ReadAsync(db => db.Sessions.CountAsync()));
    }

    [Fact]
    public async Task Signing_out_ends_a_copied_cookie_too()
    {
        await using var host = await CrmHost.StartAsync();
        var (visitor, _) = await host.SignInAsync();
        using var _1 = visitor;
        var copy = new CookieContainer();
        copy.Add(visitor.Cookies.GetAllCookies());
        using var thief = new Visitor(host.Address, copy);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/profile")).Status);

        var answer = await visitor.PostAsync("/sign-out");

        Assert.Equal("/sign-in", answer.Location);
        Assert.Equal("/sign-in?returnUrl=%2Fprofile", (await thief.GetAsync("/profile")).Location);
        Assert.Equal("/sign-in", (await thief.PostAsync("/sign-out")).Location);
    }

    [Fact]
    public async Task Nobody_else_can_sign_somebody_out()
    {
        await using var host = await CrmHost.StartAsync();
        var (visitor, _) = await host.SignInAsync();
        using var _1 = visitor;

        var answer = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new FormUrlEncodedContent([]) });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task A_form_sent_from_a_second_window_after_signing_in_in_the_first_goes_on()
    {
        await using var host = await CrmHost.StartAsync();
        var (visitor, _) = await host.SignInAsync();
        using var _1 = visitor;

        var answer = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("Email", "x"), new("ReturnUrl", "/projects")]),
        });

        Assert.Equal("/projects", answer.Location);
    }

    [Fact]
    public async Task Hundreds_of_thousands_of_rounds_stand_between_a_copied_database_and_the_passwords()
    {
        await using var host = await CrmHost.StartAsync();

        var options = host.Services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value;

        Assert.True(options.IterationCount >= 210_000);
        Assert.Equal(PasswordHasherCompatibilityMode.IdentityV3, options.CompatibilityMode);
    }

    private static Task<Answer> SignInAsync(Visitor visitor, string email, string password, string returnUrl = "") =>
        visitor.PostAsync("/sign-in", ("Email", email), ("Password", password), ("ReturnUrl", returnUrl));
}
