using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Admin;

public sealed class PeopleTests
{
    [Theory]
    [InlineData(Role.Admin, HttpStatusCode.OK)]
    [InlineData(Role.Member, HttpStatusCode.Forbidden)]
    [InlineData(Role.Client, HttpStatusCode.Forbidden)]
    public async Task Only_admins_see_accounts_and_settings(Role role, HttpStatusCode status)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync(role);
        using var _ = browser;

        foreach (var path in new[] { "/people", "/people/invitations", "/people/invite", "/people/link", $"/people/{person.Id}", "/settings" })
        {
            Assert.Equal(status, (await browser.GetAsync(path)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
    }

    [Theory]
    [InlineData("Inès Moreau", "thief@example.com", "Admin", true)]
    [InlineData("Inès Moreau", null, "Member", true)]
    [InlineData("Inès M.", null, "Admin", false)]
    public async Task An_address_and_a_role_are_changed_only_by_an_admin_who_shows_once_more_who_they_are(string name, string? email, string role, bool isAsked)
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Tom Baker", Role.Admin);
        var (browser, me) = await host.SignInAsync();
        host.Time.Advance(TimeSpan.FromMinutes(11));

        var answer = await browser.PostAsync($"/people/{me.Id}", ("Input.Name", name), ("Input.Email", email ?? me.Email!), ("Input.Role", role));

        Assert.Equal(isAsked, answer.Location!.StartsWith("/confirm?", StringComparison.Ordinal));
        var kept = await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == me.Id));
        Assert.Equal((name, me.Email, Role.Admin), (kept.Name, kept.Email, kept.Role));
    }

    [Fact]
    public async Task A_member_cannot_make_themselves_an_admin()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync(Role.Member);
        using var _ = browser;

        Answer[] answers =
        [
            await browser.PostAsync($"/people/{person.Id}", ("Input.Name", "X"), ("Input.Email", person.Email!), ("Input.Role", "Admin")),
            await browser.PostAsync("/people/invite", ("Input.Role", "Admin")),
            await browser.PostAsync($"/people/{person.Id}?handler=ResetLink"),
            await browser.PostAsync("/settings", ("Input.Name", "X"), ("Input.TimeZone", "UTC"), ("Input.Registration", "Open")),
        ];

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Forbidden, a.Status));
        Assert.Equal(Role.Member, await host.ReadAsync(db => db.People.Select(p => p.Role).SingleAsync()));
        Assert.Equal(0, await host.ReadAsync(db => db.Invitations.CountAsync()));
    }

    [Fact]
    public async Task A_new_role_ends_the_sessions_that_had_the_old_one_and_leaves_a_trace()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, admin) = await host.SignInAsync();
        using var _ = browser;
        var tom = await host.AddPersonAsync("Tom Baker", Role.Member);
        using var toms = await host.VisitAsync(tom);

        await browser.PostAsync($"/people/{tom.Id}", ("Input.Name", "Tom Baker"), ("Input.Email", tom.Email!), ("Input.Role", "Admin"));

        Assert.Equal(HttpStatusCode.Found, (await toms.GetAsync("/settings")).Status);
        using var again = await host.VisitAsync(await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == tom.Id)));
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/settings")).Status);
        var change = await host.ReadAsync(db => db.Changes.SingleAsync(c => c.Field != Crm.Timeline.Change.Created));
        Assert.Equal((admin.Id, "Person", tom.Id, "Role", "Member", "Admin"), (change.PersonId, change.Kind, change.RecordId, change.Field, change.From, change.To));
        Assert.Contains("Role: Member → Admin", (await browser.GetAsync($"/people/{tom.Id}")).Text.Replace("&#x2192;", "→", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_once_and_can_be_let_in_again()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        var tom = await host.AddPersonAsync("Tom Baker");
        using var toms = await host.VisitAsync(tom);

        await admin.PostAsync($"/people/{tom.Id}/leave/disable");
        Assert.Equal(HttpStatusCode.Found, (await toms.GetAsync("/profile")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync($"/people/{tom.Id}?handler=ResetLink")).Status);

        await admin.PostAsync($"/people/{tom.Id}?handler=Enable");
        Assert.Equal(HttpStatusCode.Found, (await toms.GetAsync("/profile")).Status);
        Assert.Equal("/", (await toms.PostAsync("/sign-in", ("Email", tom.Email!), ("Password", CrmHost.Password))).Location);
    }

    [Fact]
    public async Task The_last_admin_who_can_sign_in_keeps_the_seat()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, admin) = await host.SignInAsync();
        using var _ = browser;
        var gone = await host.AddPersonAsync("Tom Baker", Role.Admin);
        await host.SaveAsync(db => db.People.Single(p => p.Id == gone.Id).Disable(host.Now));

        var demoted = await browser.PostAsync($"/people/{admin.Id}", ("Input.Name", admin.Name), ("Input.Email", admin.Email!), ("Input.Role", "Member"));
        var disabled = await browser.PostAsync($"/people/{admin.Id}/leave/disable");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, demoted.Status);
        Assert.Contains("last admin", demoted.TextOf("#Input_Role-error"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, disabled.Status);
        Assert.Contains("last admin", disabled.TextOf(".error[role=alert]"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings")).Status);
    }

    [Fact]
    public async Task An_address_that_is_taken_or_missing_is_refused()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        var tom = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        await host.AddPersonAsync("Sam Reed", email: "sam@example.com");

        var taken = await admin.PostAsync($"/people/{tom.Id}", ("Input.Name", "New"), ("Input.Email", "SAM@example.com"), ("Input.Role", "Client"));
        var missing = await admin.PostAsync($"/people/{tom.Id}", ("Input.Name", "New"), ("Input.Email", " "), ("Input.Role", "Client"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.Status);
        Assert.Equal("SAM@example.com", taken.Html.QuerySelector("#Input_Email")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.Status);
        var person = await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == tom.Id));
        Assert.Equal(("Tom Baker", "tom@example.com", Role.Member), (person.Name, person.Email, person.Role));
    }

    [Fact]
    public async Task Everybody_is_found_by_name_without_accents_and_paged_for_the_same_few_queries()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        var few = await CountAsync(host, admin);
        await host.SaveAsync(db => db.People.AddRange(Enumerable.Range(0, 120).Select(n => Person.Imported($"Person {n:000}", $"trello:{n}", host.Now))));

        var many = await CountAsync(host, admin);
        var found = await admin.GetAsync("/people?q=ines");
        var last = await admin.GetAsync("/people?page=3");
        var nobody = await admin.GetAsync("/people?q=zzz");

        Assert.Equal(few, many);
        Assert.InRange(many, 1, 6);
        Assert.Single(found.Html.QuerySelectorAll("tbody tr"));
        Assert.Equal(21, last.Html.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("zzz", nobody.TextOf("h2"), StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync(CrmHost host, Visitor admin) =>
        await host.CountQueriesAsync(admin, "/people") + await host.CountQueriesAsync(admin, "/people/invitations");
}
