using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Admin;

public sealed class LeaveTests
{
    [Fact]
    public async Task Work_is_handed_over_in_one_step_and_every_record_says_so()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, admin) = await host.SignInAsync();
        using var _ = browser;
        var (tom, sam) = (await host.AddPersonAsync("Tom Baker"), await host.AddPersonAsync("Sam Reed"));
        var own = await host.AddProjectAsync("Museum", tom, ("Open", tom, 3), ("Sams", sam, 3));
        var other = await host.AddProjectAsync("Harbour", admin, ("Also open", tom, 3));
        await host.SaveAsync(db =>
        {
            db.Tasks.Single(t => t.Title == "Sams").MoveTo(Crm.Tasks.TaskStatus.Done, 0, host.Now);
            var project = db.Projects.Include(p => p.Members).Single(p => p.Id == other.Id);
            project.Add(tom.Id);
            project.ShowTo(ProjectVisibility.Private);
        });

        var preview = await browser.GetAsync($"/people/{tom.Id}/leave/hand-over");
        var nobody = await browser.PostAsync($"/people/{tom.Id}/leave/hand-over", ("Successor", ""));
        var self = await browser.PostAsync($"/people/{tom.Id}/leave/hand-over", ("Successor", $"{tom.Id}"));
        Assert.Equal(["1 project that they own", "2 open tasks assigned to them", "0 imports that wait to be started"], preview.Html.QuerySelectorAll("#duties-title ~ ul li").Select(l => l.TextContent));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (nobody.Status, self.Status));
        Assert.Equal(tom.Id, await host.ReadAsync(db => db.Projects.Where(p => p.Id == own.Id).Select(p => p.OwnerId).SingleAsync()));

        var answer = await browser.PostAsync($"/people/{tom.Id}/leave/hand-over", ("Successor", $"{sam.Id}"));

        Assert.Equal($"/people/{tom.Id}", answer.Location);
        Assert.Equal(sam.Id, await host.ReadAsync(db => db.Projects.Where(p => p.Id == own.Id).Select(p => p.OwnerId).SingleAsync()));
        Assert.All(await host.ReadAsync(db => db.Tasks.ToListAsync()), t => Assert.Equal(sam.Id, t.AssigneeId));
        Assert.True(await host.ReadAsync(db => db.ProjectMembers.AnyAsync(m => m.ProjectId == other.Id && m.PersonId == sam.Id)));
        var changes = await host.ReadAsync(db => db.Changes.Where(c => c.PersonId == admin.Id && c.From == $"{tom.Id}" && c.To == $"{sam.Id}").Select(c => c.Field).ToListAsync());
        Assert.Equal(["AssigneeId", "AssigneeId", "OwnerId"], changes.Order());
    }

    [Fact]
    public async Task A_disabled_person_finds_no_way_back_and_old_links_stay_dead_when_enabled_again()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        using var admin = (await host.SignInAsync()).Browser;
        var tom = await host.AddPersonAsync("Tom Baker", Role.Admin, "tom@example.com");
        using var toms = await host.VisitAsync(tom);
        await toms.PostAsync("/forgot", ("Email", "tom@example.com"));
        using var visitor = await host.VisitAsync();
        await visitor.PostAsync("/forgot", ("Email", "tom@example.com"));
        var reset = new Uri(host.Mail()[0].TextBody!.Split('\n').Single(l => l.Contains("/reset/", StringComparison.Ordinal)).Trim()).AbsolutePath;
        var invited = await toms.PostAsync("/people/invite", ("Input.Role", "Admin"));
        var join = new Uri((await toms.GetAsync(invited.Location!)).Html.QuerySelector(".code-box input")!.GetAttribute("value")!).AbsolutePath;
        await toms.PostAsync("/profile/email", ("Email", "new@example.com"));
        var email = new Uri(host.Mail().Single(m => m.To.Mailboxes.Single().Address == "new@example.com").TextBody!.Split('\n').Single(l => l.Contains("/email/", StringComparison.Ordinal)).Trim()).AbsolutePath;

        await admin.PostAsync($"/people/{tom.Id}/leave/disable");
        await admin.PostAsync($"/people/{tom.Id}?handler=Enable");

        foreach (var path in new[] { reset, join, email })
        {
            Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(path)).Status);
        }

        Assert.Equal(HttpStatusCode.Found, (await toms.GetAsync("/profile")).Status);
        Assert.Equal("/", (await visitor.PostAsync("/sign-in", ("Email", "tom@example.com"), ("Password", CrmHost.Password))).Location);
    }

    [Fact]
    public async Task A_deleted_person_leaves_their_words_and_nothing_else()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, admin) = await host.SignInAsync();
        using var _ = browser;
        var tom = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        using var toms = await host.VisitAsync();
        await toms.PostAsync("/sign-in", ("Email", "tom@example.com"), ("Password", CrmHost.Password));
        await toms.PostAsync("/profile", ("Input.Name", "Thomas Baker"), ("Input.TimeZone", "Europe/Paris"), ("Input.Theme", "Dark"));
        var project = await host.AddProjectAsync("Museum", tom, ("Open", tom, 3));
        await host.SaveAsync(db => db.Interactions.Add(Interaction.Comment(project.Id, null, tom.Id, "What Tom said", host.Now)));

        var url = $"/people/{tom.Id}/leave/delete";
        var typo = await browser.PostAsync(url, ("Name", "Tom"), ("Successor", $"{admin.Id}"));
        var owned = await browser.PostAsync(url, ("Name", "Thomas Baker"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (typo.Status, owned.Status));
        Assert.Equal("Thomas Baker", await host.ReadAsync(db => db.People.Where(p => p.Id == tom.Id).Select(p => p.Name).SingleAsync()));

        var answer = await browser.PostAsync(url, ("Name", "thomas baker"), ("Successor", $"{admin.Id}"));

        Assert.Equal("/people", answer.Location);
        var person = await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == tom.Id));
        Assert.Equal((Person.FormerName, null, null, null, null), (person.Name, person.Email, person.NormalizedEmail, person.PasswordHash, person.TimeZone));
        Assert.Equal(0, await host.ReadAsync(db => db.SignIns.CountAsync(e => e.PersonId == tom.Id)) + await host.ReadAsync(db => db.Sessions.CountAsync(s => s.PersonId == tom.Id)));
        Assert.False(await host.ReadAsync(db => db.ProjectMembers.AnyAsync(m => m.PersonId == tom.Id)));
        foreach (var word in new[] { "Baker", "tom@", "Paris" })
        {
            Assert.False(await host.ReadAsync(db => db.Changes.AnyAsync(c => c.From!.Contains(word) || c.To!.Contains(word))));
        }

        var page = await browser.GetAsync($"/projects/{project.Id}");
        Assert.Contains("What Tom said", page.Text, StringComparison.Ordinal);
        Assert.Contains(Person.FormerName, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Baker", (await browser.GetAsync("/people")).TextOf("main"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/people/{tom.Id}")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await toms.PostAsync("/sign-in", ("Email", "tom@example.com"), ("Password", CrmHost.Password))).Status);
        await host.AddPersonAsync("Tom the second", email: "tom@example.com");
    }

    [Fact]
    public async Task An_invitation_to_a_deleted_person_is_forgotten_however_its_address_was_written()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        await browser.PostAsync("/people/invite", ("Input.Role", "Member"), ("Input.Email", "Tom@Example.COM"));
        await browser.PostAsync("/people/invite", ("Input.Role", "Member"), ("Input.Email", "sam@example.com"));
        var tom = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");

        await browser.PostAsync($"/people/{tom.Id}/leave/delete", ("Name", "Tom Baker"));

        Assert.Equal(["sam@example.com"], await host.ReadAsync(db => db.Invitations.Select(i => i.Email).ToListAsync()));
        Assert.DoesNotContain(await host.ReadAsync(db => db.Changes.ToListAsync()), c => $"{c.From} {c.To}".Contains("tom@", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Two_admins_who_send_each_other_away_at_once_leave_one()
    {
        await using var host = await CrmHost.StartAsync();
        var (one, first) = await host.SignInAsync();
        using var _ = one;
        var (other, second) = await host.SignInAsync(name: "Asta Lind");
        using var _1 = other;
        await Task.WhenAll(one.TokenAsync(), other.TokenAsync());

        await Task.WhenAll(
            one.PostAsync($"/people/{second.Id}/leave/disable"),
            other.PostAsync($"/people/{first.Id}/leave/delete", ("Name", first.Name)));

        Assert.Equal(1, await host.ReadAsync(db => db.People.CountAsync(p => p.Role == Role.Admin && p.DisabledAt == null)));
    }

    [Fact]
    public async Task The_last_admin_is_not_deleted_and_leaving_asks_once_more_who_somebody_is()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, admin) = await host.SignInAsync();
        using var _ = browser;

        var answer = await browser.PostAsync($"/people/{admin.Id}/leave/delete", ("Name", admin.Name));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("last admin", answer.TextOf(".error[role=alert]"), StringComparison.Ordinal);
        Assert.Null(await host.ReadAsync(db => db.People.Select(p => p.DeletedAt).SingleAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/people/{admin.Id}/leave/else")).Status);
        host.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.StartsWith("/confirm", (await browser.GetAsync($"/people/{admin.Id}/leave/delete")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_admins_who_change_the_same_of_a_person_are_asked_and_different_things_merge()
    {
        await using var host = await CrmHost.StartAsync();
        using var one = (await host.SignInAsync()).Browser;
        using var other = (await host.SignInAsync(name: "Asta Lind")).Browser;
        var tom = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        var url = $"/people/{tom.Id}";
        var seen = (await one.GetAsync(url)).ValueOf("Input.Seen")!;
        await other.PostAsync(url, ("Input.Name", "Thomas Baker"), ("Input.Email", "tom@example.com"), ("Input.Role", "Member"), ("Input.Seen", seen));

        var merged = await one.PostAsync(url, ("Input.Name", "Tom Baker"), ("Input.Email", "tom@new.example"), ("Input.Role", "Member"), ("Input.Seen", seen));
        var refused = await one.PostAsync(url, ("Input.Name", "Tommy"), ("Input.Email", "tom@new.example"), ("Input.Role", "Member"), ("Input.Seen", seen));

        Assert.Equal((url, HttpStatusCode.Conflict), (merged.Location, refused.Status));
        Assert.Contains("Asta Lind", refused.TextOf(".conflict"), StringComparison.Ordinal);
        Assert.Equal(["Thomas Baker", "Tommy"], refused.Html.QuerySelectorAll(".conflict dd").Select(d => d.TextContent));
        Assert.Equal("Tommy", refused.ValueOf("Input.Name"));
        var person = await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == tom.Id));
        Assert.Equal(("Thomas Baker", "tom@new.example"), (person.Name, person.Email));

        await one.PostAsync(url, ("Input.Name", "Tommy"), ("Input.Email", "tom@new.example"), ("Input.Role", "Member"), ("Input.Seen", refused.ValueOf("Input.Seen")!));
        Assert.Equal("Tommy", await host.ReadAsync(db => db.People.Where(p => p.Id == tom.Id).Select(p => p.Name).SingleAsync()));
    }
}
