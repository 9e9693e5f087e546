using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Projects;

public sealed class MembersApiTests
{
    [Fact]
    public async Task Members_come_and_go_and_the_owner_stays()
    {
        await using var host = await CrmHost.StartAsync();
        var tom = await host.AddPersonAsync("Tom Baker");
        var me = await host.AddPersonAsync("Inès Moreau");
        var client = await host.AddPersonAsync("Asta Lind", Role.Client);
        await host.AddProjectAsync("Harbour guide", tom);
        using var caller = await host.CallAsync(me);
        using var outside = await host.CallAsync(client);

        Assert.Equal(HttpStatusCode.NotFound, (await outside.GetAsync("/projects/1/members")).Status);
        var first = await host.CountQueriesAsync(caller, "/projects/1/members");
        foreach (var id in new[] { me.Id, client.Id, client.Id })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await caller.PutAsync($"/projects/1/members/{id}")).Status);
        }

        Assert.Equal((3, 3), (first, await host.CountQueriesAsync(caller, "/projects/1/members")));
        var all = (await caller.GetAsync("/projects/1/members")).Items.ToList();
        Assert.Equal(["Asta Lind", "Inès Moreau", "Tom Baker"], all.Select(m => m["name"]!.ToString()));
        Assert.Equal(("True", "True"), (all[0]["isClient"]!.ToString() is "true" ? "True" : "", all[2]["isOwner"]!.ToString() is "true" ? "True" : ""));
        Assert.Equal(3, (await outside.GetAsync("/projects/1/members")).Items.Count());
        foreach (var (method, id) in new[] { ("PUT", 99), ("DELETE", 99), ("DELETE", tom.Id) })
        {
            var answer = await caller.SendAsync(new HttpMethod(method), $"/projects/1/members/{id}", null);
            Assert.True(answer.Status == HttpStatusCode.UnprocessableEntity && answer.ErrorFields.SequenceEqual(["personId"]), answer.Text);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await outside.DeleteAsync($"/projects/1/members/{me.Id}")).Status);
        Assert.Equal(3, await host.ReadAsync(db => db.ProjectMembers.CountAsync()));
        await caller.PatchAsync("/projects/1", new { visibility = "private" });
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync($"/projects/1/members/{me.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync("/projects/1/members")).Status);
        Assert.Equal(3, await host.ReadAsync(db => db.Changes.CountAsync(c => c.Field == "Members" && c.Via == Via.Api && c.PersonId == me.Id)));
    }
}
