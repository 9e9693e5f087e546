using System.Net;
using Crm.Accounts;
using Crm.Admin;
using Crm.Projects;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts;

public sealed class InvitationTests
{
    private const string DeadLink = "This link is not good any more";

    [Fact]
    public async Task A_link_is_shown_once_and_kept_as_its_hash_alone()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;

        var sent = await admin.PostAsync("/people/invite", ("Input.Role", "Member"));
        var shown = await admin.GetAsync(sent.Location!);
        var again = await admin.GetAsync(sent.Location!);

        var link = shown.Html.QuerySelector(".code-box input")!.GetAttribute("value")!;
        Assert.StartsWith(host.Address + "join/", link, StringComparison.Ordinal);
        Assert.Null(again.Html.QuerySelector(".code-box"));
        var invitation = await host.ReadAsync(db => db.Invitations.SingleAsync());
        Assert.Equal(Secret.Hash(link.Split('/')[^1]), invitation.TokenHash);
    }

    [Fact]
    public async Task Whoever_invites_is_asked_once_more_who_they_are()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        host.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal("/confirm?returnUrl=%2Fpeople%2Finvite", (await admin.GetAsync("/people/invite")).Location);
        Assert.StartsWith("/confirm?", (await admin.PostAsync("/people/invite", ("Input.Role", "Admin"))).Location, StringComparison.Ordinal);
        Assert.Equal(0, await host.ReadAsync(db => db.Invitations.CountAsync()));
    }

    [Fact]
    public async Task What_the_address_names_is_not_named_by_the_form_too()
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();
        var (admin, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me);
        await host.AddProjectAsync("Harbour", me);

        var unknown = await visitor.PostAsync("/join/1", ("Token", ""));
        await admin.PostAsync("/projects/1/fields/name?id=2", ("id", "2"), ("field", "description"), ("value", "Gallery"), ("version", "1"));

        Assert.Equal(HttpStatusCode.Gone, unknown.Status);
        Assert.Equal(["Gallery", "Harbour"], await host.ReadAsync(db => db.Projects.OrderBy(p => p.Id).Select(p => p.Name).ToListAsync()));
    }

    [Fact]
    public async Task A_client_comes_in_by_a_link_and_joins_its_project()
    {
        await using var host = await CrmHost.StartAsync();
        var (admin, person) = await host.SignInAsync();
        using var _ = admin;
        var project = Project.Create("Harbour Museum", person.Id, host.Now);
        await host.SaveAsync(db => db.Projects.Add(project));
        var path = await InviteAsync(admin, ("Input.Role", "Client"), ("Input.ProjectId", $"{project.Id}"), ("Input.Email", "mara@museum.example"));
        using var visitor = await host.VisitAsync();

        var page = await visitor.GetAsync(path);
        var joined = await visitor.PostAsync(path, Form());

        Assert.Equal("mara@museum.example", page.Html.QuerySelector("#Input_Email")!.GetAttribute("value"));
        Assert.Equal("/", joined.Location);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/projects/{project.Id}")).Status);
        var client = await host.ReadAsync(db => db.People.SingleAsync(p => p.Name == "Mara Lind"));
        Assert.Equal((Role.Client, "mara@museum.example", "Europe/Berlin"), (client.Role, client.Email, client.TimeZone));
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Used_old_revoked_replaced_and_unknown_links_look_the_same()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        using var visitor = await host.VisitAsync();
        using var joiner = await host.VisitAsync();
        var used = await InviteAsync(admin);
        await joiner.PostAsync(used, Form());
        var revoked = await InviteAsync(admin);
        await admin.PostFragmentAsync($"/people/invitations?handler=Revoke&id={await LatestAsync(host)}");
        var replaced = await InviteAsync(admin);
        var renewed = await admin.PostAsync($"/people/invitations?handler=Renew&id={await LatestAsync(host)}");
        var replacement = await LinkAsync(admin, renewed);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(replacement)).Status);
        var old = await InviteAsync(admin);
        host.Time.Advance(Invitation.Lifetime);

        foreach (var path in new[] { used, revoked, replaced, old, "/join/unknown" })
        {
            var read = await visitor.GetAsync(path);
            var sent = await visitor.PostAsync(path, Form("late@example.com"));
            Assert.Equal((HttpStatusCode.Gone, DeadLink), (read.Status, read.TextOf("h1")));
            Assert.Equal((HttpStatusCode.Gone, DeadLink), (sent.Status, sent.TextOf("h1")));
        }

        Assert.Equal(2, await host.ReadAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task A_link_used_twice_at_once_makes_one_person()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        var path = await InviteAsync(admin);
        using var one = await host.VisitAsync();
        using var other = await host.VisitAsync();

        var answers = await Task.WhenAll(one.PostAsync(path, Form("one@example.com")), other.PostAsync(path, Form("other@example.com")));

        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.Gone], answers.Select(a => a.Status).Order());
        Assert.Equal(2, await host.ReadAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task An_imported_person_comes_in_as_who_they_are()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        var known = Person.Imported("T. Baker", "trello:5c92", host.Now);
        await host.SaveAsync(db => db.People.Add(known));
        var earlier = await InviteAsync(admin, $"?person={known.Id}");
        var path = await InviteAsync(admin, $"?person={known.Id}");
        using var visitor = await host.VisitAsync();

        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(earlier)).Status);
        Assert.Equal("T. Baker", (await visitor.GetAsync(path)).Html.QuerySelector("#Input_Name")!.GetAttribute("value"));
        await visitor.PostAsync(path, Form("tom@example.com"));
        await visitor.PostAsync("/sign-out");
        var again = await visitor.PostAsync("/sign-in", ("Email", "tom@example.com"), ("Password", CrmHost.Password));

        Assert.Equal("/", again.Location);
        var person = await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == known.Id));
        Assert.Equal(("Mara Lind", "tom@example.com"), (person.Name, person.Email));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/people/invite?person={known.Id}")).Status);
    }

    [Fact]
    public async Task A_link_does_not_say_that_an_address_has_an_account_and_tells_of_one_address_at_most()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        var tom = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        var path = await InviteAsync(admin);
        using var visitor = await host.VisitAsync();

        var common = await visitor.PostAsync(path, [.. Form().Where(f => f.Name != "Input.Password"), ("Input.Password", "qwertyuiop")]);
        var invited = await admin.PostAsync("/people/invite", ("Input.Role", "Member"), ("Input.Email", "tom@example.com"));

        var taken = await visitor.PostAsync(path, Form("Tom@example.com"));

        Assert.Equal("/sign-in", taken.Location);
        Assert.DoesNotContain("account already", (await visitor.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
        Assert.Equal("Mara Lind", common.Html.QuerySelector("#Input_Name")!.GetAttribute("value"));
        Assert.Contains("most common", common.TextOf("#Input_Password-error"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, invited.Status);
        Assert.Equal(2, await host.ReadAsync(db => db.People.CountAsync()));
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(path)).Status);
        var tried = await host.ReadAsync(db => db.SignIns.SingleAsync());
        Assert.Equal((tom.Id, SignInOutcome.Refused, SignInMethod.Arrival), (tried.PersonId, tried.Outcome, tried.Method));
    }

    [Fact]
    public async Task Whoever_is_signed_in_does_not_use_the_link_up()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        var path = await InviteAsync(admin);

        var read = await admin.GetAsync(path);
        var sent = await admin.PostAsync(path, Form());

        Assert.Contains("You are signed in as", read.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, sent.Status);
        Assert.Equal(1, await host.ReadAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task With_a_mail_server_the_link_is_mailed_too_and_waits_until_it_is_sent()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        using var admin = (await host.SignInAsync()).Browser;

        var path = await InviteAsync(admin, ("Input.Role", "Member"), ("Input.Email", "mara@museum.example"));

        var mail = Assert.Single(host.Mail());
        Assert.Equal("mara@museum.example", mail.To.Mailboxes.Single().Address);
        Assert.Contains("https://crm.example" + path, mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_workspace_lets_nobody_in_and_an_open_one_everybody_as_member()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;
        await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        var path = await InviteAsync(admin);
        using var visitor = await host.VisitAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/register")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostAsync("/register", Form())).Status);

        await host.SaveAsync(db => db.Workspaces.Single().Admit(Registration.Closed));
        Assert.Equal(HttpStatusCode.Gone, (await visitor.PostAsync(path, Form())).Status);

        await host.SaveAsync(db => db.Workspaces.Single().Admit(Registration.Open));
        var answer = await visitor.PostAsync("/register", Form());
        var taken = await visitor.PostAsync("/register", Form("tom@example.com"));

        Assert.Equal((HttpStatusCode.Found, "/sign-in"), (answer.Status, answer.Location));
        Assert.Equal((answer.Status, answer.Location), (taken.Status, taken.Location));
        var people = await host.ReadAsync(db => db.People.ToListAsync());
        Assert.Equal(3, people.Count);
        Assert.Equal(Role.Member, people.Single(p => p.Name == "Mara Lind").Role);
    }

    private static Task<string> InviteAsync(Visitor admin, string query = "") => InviteAsync(admin, query, ("Input.Role", "Member"));

    private static Task<string> InviteAsync(Visitor admin, params (string, string)[] form) => InviteAsync(admin, "", form);

    private static async Task<string> InviteAsync(Visitor admin, string query, params (string, string)[] form) =>
        await LinkAsync(admin, await admin.PostAsync("/people/invite" + query, form));

    private static async Task<string> LinkAsync(Visitor admin, Answer sent)
    {
        var shown = await admin.GetAsync(sent.Location!);
        return new Uri(shown.Html.QuerySelector(".code-box input")!.GetAttribute("value")!).AbsolutePath;
    }

    private static Task<int> LatestAsync(CrmHost host) => host.ReadAsync(db => db.Invitations.MaxAsync(i => i.Id));

    private static (string Name, string Value)[] Form(string email = "mara@museum.example") =>
    [
        ("Input.Name", "Mara Lind"), ("Input.Email", email), ("Input.Password", CrmHost.Password), ("Input.TimeZone", "Europe/Berlin"),
    ];
}
