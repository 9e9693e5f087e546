using Crm.Accounts;
using Crm.Tests.Host;

namespace Crm.Tests.Dashboard;

public sealed class DashboardApiTests
{
    [Fact]
    public async Task The_dashboard_shows_the_figures_of_its_page_to_each_their_own()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var client = await host.AddPersonAsync("Asta Lind", Role.Client);
        await host.AddProjectAsync("Harbour guide", me, ("Late", me, -3), ("Now", me, 0), ("Soon", me, 4), ("Somebody's", client, 1));
        using var caller = await host.CallAsync(me);
        using var outside = await host.CallAsync(client);
        var first = await host.CountQueriesAsync(caller, "/dashboard");
        await caller.PutAsync($"/projects/1/members/{client.Id}");
        await caller.PostAsync("/projects/1/comments", new { body = "Inside" });
        await caller.PutAsync("/projects/1/rating", new { stars = 4 });
        await host.AddProjectAsync("Museum", me);

        Assert.Equal(first, await host.CountQueriesAsync(caller, "/dashboard"));
        var mine = (await caller.GetAsync("/dashboard")).Json;
        Assert.Equal((1, 1, 1, "2026-05-29"), ((int)mine["mine"]!["overdue"]!, (int)mine["mine"]!["today"]!, (int)mine["mine"]!["week"]!, mine["mine"]!["oldestDueOn"]!.ToString()));
        Assert.Equal(["Late", "Now", "Soon"], mine["mine"]!["next"]!.AsArray().Select(t => t!["title"]!.ToString()));
        var project = mine["projects"]![0]!;
        Assert.Equal(("Harbour guide", "atRisk", "At risk · 1 overdue", 4, 4), (project["name"]!.ToString(), project["health"]!["state"]!.ToString(), project["health"]!["why"]!.ToString(), (int)project["progress"]!["tasks"]!, (int)project["rating"]!["average"]!));
        Assert.Equal(["gave 4 of 5 stars to", "commented on"], mine["lately"]!.AsArray().Select(h => h!["what"]!.ToString()).Where(w => w[0] is 'g' || w.StartsWith("com", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Reverse());

        var theirs = (await outside.GetAsync("/dashboard")).Json;
        Assert.Equal((null, 0), (theirs["mine"], theirs["lately"]!.AsArray().Count));
        Assert.Equal((0, null), ((int)Assert.Single(theirs["projects"]!.AsArray())!["progress"]!["tasks"]!, theirs["projects"]![0]!["rating"]));
    }
}
