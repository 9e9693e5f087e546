using System.Net;
using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Tests.Accounts.Security;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Admin;

public sealed class PeopleApiTests
{
    [Fact]
    public async Task People_are_listed_by_name_searched_and_read_in_stretches()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com"));
        foreach (var name in new[] { "Tom Baker", "asta Lind", "Zoë Quist", "Bo Ek" })
        {
            await host.AddPersonAsync(name, name == "Bo Ek" ? Role.Client : Role.Member);
        }

        await host.SaveAsync(db => db.People.Single(p => p.Name == "Zoë Quist").Leave(host.Now));
        var first = await admin.GetAsync("/people?limit=3");
        var rest = await admin.GetAsync($"/people?limit=3&cursor={first.Json["nextCursor"]}");
        var found = await admin.GetAsync("/people?q=INES%40");
        var team = await admin.GetAsync("/team");

        Assert.Equal(["asta Lind", "Bo Ek", "Inès Moreau"], first.Items.Select(p => p["name"]!.ToString()));
        Assert.Equal(["Tom Baker"], rest.Items.Select(p => p["name"]!.ToString()));
        Assert.Equal(("Inès Moreau", "admin", "ines@example.com"), Assert.Single(found.Items) is var one ? (one["name"]!.ToString(), one["role"]!.ToString(), one["email"]!.ToString()) : default);
        Assert.Equal(["asta Lind", "Inès Moreau", "Tom Baker"], team.Items.Select(p => p["name"]!.ToString()));
        Assert.DoesNotContain("example.com", team.Text, StringComparison.Ordinal);
        using var member = await host.CallAsync(await host.ReadAsync(db => db.People.SingleAsync(p => p.Name == "Tom Baker")));
        using var client = await host.CallAsync(await host.ReadAsync(db => db.People.SingleAsync(p => p.Name == "Bo Ek")));
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            ((await member.GetAsync("/team")).Status, (await member.GetAsync("/people")).Status, (await client.GetAsync("/team")).Status, (await client.GetAsync("/people/1")).Status));
    }

    [Fact]
    public async Task An_admin_changes_an_account_as_on_the_page()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        var tom = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        using var admin = await host.CallAsync(ines);
        using var toms = await host.CallAsync(tom);
        var path = $"/people/{tom.Id}";
        var seen = await admin.GetAsync(path);

        var renamed = await admin.PatchAsync(path, new { name = " Tom B. " }, ("If-Match", seen.Header("ETag")!));
        var late = await admin.PatchAsync(path, new { name = "Tommy" }, ("If-Match", seen.Header("ETag")!));
        var stays = await toms.GetAsync("/auth/me");
        foreach (var (body, field) in new (object, string)[] { (new { name = "" }, "name"), (new { email = "no address" }, "email"), (new { email = (string?)null }, "email"), (new { email = "INES@example.com" }, "email") })
        {
            var wrong = await admin.PatchAsync(path, body);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (wrong.Status, Assert.Single(wrong.ErrorFields)));
        }

        var last = await admin.PatchAsync($"/people/{ines.Id}", new { role = "member" });
        var promoted = await admin.PatchAsync(path, new { role = "admin" });
        var ended = await toms.GetAsync("/auth/me");
        host.Time.Advance(Confirmation.Lifetime + TimeSpan.FromSeconds(1));
        var stale = await admin.PatchAsync(path, new { role = "client" });
        var still = await admin.PatchAsync(path, new { name = "Tom" });

        Assert.Equal((HttpStatusCode.OK, "Tom B.", HttpStatusCode.PreconditionFailed, HttpStatusCode.OK), (renamed.Status, renamed.Json["name"]!.ToString(), late.Status, stays.Status));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "role"), (last.Status, Assert.Single(last.ErrorFields)));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.OK), (promoted.Status, ended.Status, stale.Status, still.Status));
        Assert.Equal(("Tom", "tom@example.com", Role.Admin), await host.ReadAsync(db => db.People.Where(p => p.Id == tom.Id).Select(p => ValueTuple.Create(p.Name, p.Email, p.Role)).SingleAsync()));
    }

    [Fact]
    public async Task Whoever_goes_is_disabled_handed_over_and_deleted_under_the_same_rules_as_on_the_page()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var tom = await host.AddPersonAsync("Tom Baker");
        var bo = await host.AddPersonAsync("Bo Ek", Role.Client);
        var project = await host.AddProjectAsync("Harbour guide", tom, ("Sketch", tom, 3));
        using var admin = await host.CallAsync(ines);
        using var script = host.CallWith(await host.AddTokenAsync(ines, TokenScope.Write));

        var lastAdmin = await admin.PostAsync($"/people/{ines.Id}/disable", new { });
        var nobody = await admin.PostAsync($"/people/{tom.Id}/hand-over", new { });
        var client = await admin.PostAsync($"/people/{tom.Id}/hand-over", new { successorId = bo.Id });
        var needed = await admin.DeleteAsync($"/people/{tom.Id}");
        var byToken = await script.DeleteAsync($"/people/{tom.Id}?successorId={ines.Id}");
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Forbidden), (lastAdmin.Status, byToken.Status));
        Assert.All([nobody, client, needed], a => Assert.Equal((HttpStatusCode.UnprocessableEntity, "successorId"), (a.Status, Assert.Single(a.ErrorFields))));
        Assert.Equal((2, tom.Id), (await host.ReadAsync(db => db.People.CountAsync(p => p.DisabledAt == null && p.Role != Role.Client)), (await host.ReadAsync(db => db.Projects.SingleAsync())).OwnerId));

        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostAsync($"/people/{tom.Id}/disable", new { })).Status);
        Assert.NotNull((await admin.GetAsync($"/people/{tom.Id}")).Json["disabledAt"]);
        Assert.Null((await admin.PostAsync($"/people/{tom.Id}/enable")).Json["disabledAt"]);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/people/{tom.Id}?successorId={ines.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/people/{tom.Id}")).Status);
        Assert.Equal((ines.Id, ines.Id), (await host.ReadAsync(db => db.Projects.Select(p => p.OwnerId).SingleAsync(TestContext.Current.CancellationToken)), (await host.ReadAsync(db => db.Tasks.SingleAsync(t => t.ProjectId == project.Id))).AssigneeId!.Value));
        Assert.Equal(Person.FormerName, (await host.ReadAsync(db => db.People.SingleAsync(p => p.Id == tom.Id))).Name);
    }

    [Fact]
    public async Task An_admin_looks_after_the_ways_into_an_account()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var tom = await host.AddPersonAsync("Tom Baker");
        await host.AddAuthenticatorAsync(tom);
        using var admin = await host.CallAsync(ines);
        using var toms = await host.CallAsync(tom);
        using var script = host.CallWith(await host.AddTokenAsync(tom, TokenScope.Read));
        var path = $"/people/{tom.Id}";

        var link = await admin.PostAsync($"{path}/reset-link");
        var session = Assert.Single((await admin.GetAsync($"{path}/sessions")).Items);
        var others = await admin.DeleteAsync($"{path}/sessions/{1 + (int)session["id"]! + 100}");
        var token = Assert.Single((await admin.GetAsync($"{path}/tokens")).Items);
        Assert.Equal((HttpStatusCode.OK, "no-store", HttpStatusCode.NotFound), (link.Status, link.Header("Cache-Control"), others.Status));
        Assert.Contains($"/reset/{tom.Id}/", link.Json["url"]!.ToString(), StringComparison.Ordinal);
        Assert.True((bool)session["isProgram"]!);
        Assert.Empty((await admin.GetAsync($"{path}/sign-ins")).Items);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Unauthorized), ((await admin.DeleteAsync($"{path}/sessions/{session["id"]}")).Status, (await toms.GetAsync("/auth/me")).Status));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Unauthorized), ((await admin.DeleteAsync($"{path}/tokens/{token["id"]}")).Status, (await script.GetAsync("/auth/me")).Status));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Forbidden), ((await admin.DeleteAsync($"{path}/second-factor")).Status, (await admin.DeleteAsync($"/people/{ines.Id}/second-factor")).Status));
        Assert.False(await host.ReadAsync(db => db.People.AnyAsync(p => p.TwoFactorEnabled)));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/people/99/sessions")).Status);
    }

    [Fact]
    public async Task Everybody_looks_after_their_own_account()
    {
        await using var host = await CrmHost.StartAsync();
        var tom = await host.AddPersonAsync("Tom Baker", Role.Client, "tom@example.com");
        using var own = await host.CallAsync(tom);
        using var other = await host.CallAsync(tom);

        var changed = await own.PatchAsync("/auth/me", new { name = "Tom B.", timeZone = "Europe/Paris", theme = "dark" });
        var wrong = await own.PatchAsync("/auth/me", new { name = "", timeZone = "Mars/Base" });
        var role = await own.PatchAsync("/auth/me", new { role = "admin" });
        var sessions = (await own.GetAsync("/auth/sessions")).Items.ToList();
        var ended = await own.DeleteAsync("/auth/sessions");

        Assert.Equal((HttpStatusCode.OK, "Tom B.", "Europe/Paris", "dark"), (changed.Status, changed.Json["name"]!.ToString(), changed.Json["timeZone"]!.ToString(), changed.Json["theme"]!.ToString()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "name timeZone"), (wrong.Status, string.Join(' ', wrong.ErrorFields)));
        Assert.Equal((HttpStatusCode.BadRequest, "role"), (role.Status, Assert.Single(role.ErrorFields)));
        Assert.Equal([false, true], sessions.Select(s => (bool)s["isPresent"]!));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (ended.Status, (await own.GetAsync("/auth/me")).Status, (await other.GetAsync("/auth/me")).Status));
        Assert.Equal(("Tom B.", Role.Client), await host.ReadAsync(db => db.People.Select(p => ValueTuple.Create(p.Name, p.Role)).SingleAsync()));
    }
}
