using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Admin;

public sealed class InvitationsApiTests
{
    [Fact]
    public async Task Somebody_is_invited_by_a_link_that_is_answered_once_and_comes_in()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        var project = await host.AddProjectAsync("Harbour guide", ines);
        using var admin = await host.CallAsync(ines);

        var made = await admin.PostAsync("/invitations", new { role = "client", email = "bo@example.com", projectId = project.Id });
        var renewed = await admin.PostAsync($"/invitations/{made.Json["id"]}/renew");
        var listed = Assert.Single((await admin.GetAsync("/invitations")).Items);
        using var old = await host.VisitAsync();
        var dead = await old.GetAsync(PathOf(made));
        using var bo = await host.VisitAsync();
        var joined = await bo.PostAsync(PathOf(renewed), ("Input.Name", "Bo Ek"), ("Input.Email", "bo@example.com"), ("Input.Password", CrmHost.Password));

        Assert.Equal((HttpStatusCode.Created, "no-store", $"/api/v1/invitations/{made.Json["id"]}"), (made.Status, made.Header("Cache-Control"), made.Location));
        Assert.Equal(("client", "bo@example.com", project.Id, "Inès Moreau"), (listed["role"]!.ToString(), listed["email"]!.ToString(), (int)listed["projectId"]!, listed["invitedBy"]!["name"]!.ToString()));
        Assert.Null(listed["url"]);
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Found), (dead.Status, joined.Status));
        Assert.Equal(2, host.Mail().Count(m => m.Subject == "Join Northlight Studio"));
        Assert.NotNull((await admin.GetAsync(made.Location!["/api/v1".Length..])).Json["acceptedAt"]);
        Assert.Empty((await admin.GetAsync("/invitations")).Items);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync($"/invitations/{made.Json["id"]}/renew")).Status);
    }

    [Fact]
    public async Task What_the_page_refuses_is_refused()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com"));
        foreach (var (body, field) in new (object, string)[]
        {
            (new { email = "INES@example.com" }, "email"),
            (new { email = "no address" }, "email"),
            (new { projectId = 99 }, "projectId"),
            (new { personId = 1 }, "personId"),
        })
        {
            var answer = await admin.PostAsync("/invitations", body);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (answer.Status, Assert.Single(answer.ErrorFields)));
        }

        var kept = await admin.PostAsync("/invitations", new { });
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), ((await admin.DeleteAsync("/invitations/1")).Status, (await admin.DeleteAsync("/invitations/1")).Status));
        host.Time.Advance(Confirmation.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Forbidden), (kept.Status, (await admin.PostAsync("/invitations", new { })).Status));
        Assert.NotNull((await host.ReadAsync(db => db.Invitations.SingleAsync())).RevokedAt);
    }

    private static string PathOf(Answer answer) => new Uri(answer.Json["url"]!.ToString()).AbsolutePath;
}
