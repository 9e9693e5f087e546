using System.Net;
using Crm.Accounts;
using Crm.Data;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounts;

public sealed class SessionTests
{
    [Theory]
    [InlineData("sign-out")]
    [InlineData("password")]
    [InlineData("ended by themselves")]
    [InlineData("ended elsewhere")]
    [InlineData("all others ended")]
    [InlineData("ended by an admin")]
    [InlineData("disabled")]
    [InlineData("deleted")]
    [InlineData("role")]
    [InlineData("e-mail")]
    public async Task A_copied_cookie_is_worth_nothing_after(string what)
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync(name: "Asta Lind")).Browser;
        var (own, tom) = await host.SignInAsync(Role.Member, "Tom Baker");
        using var _ = own;
        using var thief = await host.VisitAsync(tom);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/profile")).Status);
        var theirs = await host.ReadAsync(db => db.Sessions.Where(s => s.PersonId == tom.Id).MaxAsync(s => s.Id));

        var answer = what switch
        {
            "sign-out" => await thief.PostAsync("/sign-out"),
            "password" => await own.PostAsync("/profile/password", ("Password.Present", CrmHost.Password), ("Password.New", "staple battery horse")),
            "ended by themselves" => await thief.PostAsync($"/profile/sessions?handler=End&session={theirs}"),
            "ended elsewhere" => await own.PostAsync($"/profile/sessions?handler=End&session={theirs}"),
            "all others ended" => await own.PostAsync("/profile/sessions?handler=EndOthers"),
            "ended by an admin" => await admin.PostAsync($"/people/{tom.Id}/sessions?handler=EndAll"),
            "disabled" => await admin.PostAsync($"/people/{tom.Id}/leave/disable"),
            "deleted" => await admin.PostAsync($"/people/{tom.Id}/leave/delete", ("Name", "Tom Baker")),
            "role" => await admin.PostAsync($"/people/{tom.Id}", ("Input.Name", "Tom Baker"), ("Input.Email", tom.Email!), ("Input.Role", "Client")),
            _ => await own.PostAsync("/profile/email", ("Email", "tom@elsewhere.example")),
        };

        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.Equal("/sign-in?returnUrl=%2Fprofile", (await thief.GetAsync("/profile")).Location);
        Assert.False(await host.ReadAsync(db => db.Sessions.AnyAsync(s => s.Id == theirs)));
    }

    [Fact]
    public async Task Sessions_and_tries_are_listed_in_words_and_admins_see_them_too()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync(name: "Asta Lind")).Browser;
        var tom = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        using var own = await host.VisitAsync();
        await own.PostAsync("/sign-in", ("Email", "tom@example.com"), ("Password", "wrong"));
        await own.PostAsync("/sign-in", ("Email", "tom@example.com"), ("Password", CrmHost.Password));
        using var phone = await host.VisitAsync(tom);

        var mine = await own.GetAsync("/profile/sessions");
        var theirs = await admin.GetAsync($"/people/{tom.Id}/sessions");

        Assert.Equal(2, mine.Html.QuerySelectorAll("tr[id^=session-]").Length);
        Assert.Contains("This one", mine.TextOf("tr[id^=session-] th"), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", mine.TextOf("tr[id^=session-]"), StringComparison.Ordinal);
        Assert.Equal(["Signed in", "Wrong password"], mine.Html.QuerySelectorAll("#signins-title ~ .table-wrap .tag").Select(t => t.TextContent));
        Assert.Equal(2, theirs.Html.QuerySelectorAll("tr[id^=session-]").Length);
        Assert.Null(theirs.Html.QuerySelector("tr[id^=session-] .tag"));
    }

    [Fact]
    public async Task Nobody_ends_or_sees_the_sessions_of_others()
    {
        await using var host = await CrmHost.StartAsync();
        var (admins, admin) = await host.SignInAsync(name: "Asta Lind");
        using var _ = admins;
        using var tom = (await host.SignInAsync(Role.Member, "Tom Baker")).Browser;
        var session = await host.ReadAsync(db => db.Sessions.SingleAsync(s => s.PersonId == admin.Id));

        Assert.Equal(HttpStatusCode.NotFound, (await tom.PostAsync($"/profile/sessions?handler=End&session={session.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await tom.PostAsync($"/people/{admin.Id}/sessions?handler=EndAll")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await tom.GetAsync($"/people/{admin.Id}/sessions")).Status);
        Assert.True(await host.ReadAsync(db => db.Sessions.AnyAsync(s => s.Id == session.Id)));
    }

    [Fact]
    public async Task A_long_history_costs_as_many_queries_as_a_short_one()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        using var _ = browser;
        var few = await host.CountQueriesAsync(browser, "/profile/sessions");
        await host.SaveAsync(db => db.SignIns.AddRange(Enumerable.Range(0, 120).Select(n => Try(host.Now.AddHours(-n), person.Id))));

        var page = await browser.GetAsync("/profile/sessions?page=2");

        Assert.Equal(few, await host.CountQueriesAsync(browser, "/profile/sessions?page=2"));
        Assert.InRange(few, 1, 6);
        Assert.Equal(25, page.Html.QuerySelectorAll("#signins-title ~ .table-wrap tbody tr").Length);
    }

    [Fact]
    public async Task Old_tries_go_after_a_year_and_a_clock_that_jumps_destroys_no_history()
    {
        await using var host = await CrmHost.StartAsync();
        var person = await host.AddPersonAsync("Tom Baker");
        await host.SaveAsync(db => db.SignIns.AddRange(Enumerable.Range(0, 24).Select(month => Try(host.Now.AddMonths(-month), person.Id))));
        await host.SaveAsync(db => db.Sessions.Add(Session.Start("x", person.Id, new SessionOrigin("", "", SignInMethod.Password, false), host.Now)));
        Task<int> CountAsync() => host.ReadAsync(db => db.SignIns.CountAsync(e => e.At > CrmHost.Start.UtcDateTime.AddYears(-1) && e.At <= CrmHost.Start.UtcDateTime));
        var work = host.Services.GetRequiredService<DailyWork>();
        var year = await CountAsync();

        await work.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal((15, year), (await host.ReadAsync(db => db.SignIns.CountAsync()), await CountAsync()));
        Assert.Equal(1, await host.ReadAsync(db => db.Sessions.CountAsync()));

        host.Time.Advance(TimeSpan.FromDays(400));
        await host.SaveAsync(db => db.SignIns.Add(Try(host.Now, person.Id)));
        await work.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(year, await CountAsync());
        Assert.Equal(0, await host.ReadAsync(db => db.Sessions.CountAsync()));
    }

    private static SignInEvent Try(DateTime at, int personId) =>
        new() { At = at, PersonId = personId, Outcome = SignInOutcome.WrongPassword, Address = "192.0.2.7", Device = "curl/8" };
}
