using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Projects;

public sealed class PrivateProjectTests
{
    [Fact]
    public async Task Whoever_makes_a_project_private_goes_on_seeing_it_and_the_rest_of_the_team_does_not()
    {
        await using var host = await CrmHost.StartAsync();
        var owner = await host.AddPersonAsync("Tom Baker");
        var (mine, me) = await host.SignInAsync(Role.Member, "Saskia Kern");
        var (other, _) = await host.SignInAsync(Role.Member, "Jonah Okafor");
        var project = await host.AddProjectAsync("Museum", owner, ("Draw", owner, 0));

        var saved = await mine.PostAsync($"/projects/{project.Id}/fields/visibility", ("value", "Private"), ("version", "1"));
        var page = await mine.GetAsync($"/projects/{project.Id}");

        Assert.Equal($"/projects/{project.Id}", saved.Location);
        Assert.Equal("Private", page.TextOf("header .tag.private"));
        Assert.Equal("Private", (await mine.GetAsync("/projects")).TextOf("th .tag.private"));
        Assert.Contains("made it private to its members", page.Html.Body!.TextContent, StringComparison.Ordinal);
        Assert.True(await host.ReadAsync(db => db.ProjectMembers.AnyAsync(m => m.PersonId == me.Id)));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/projects/{project.Id}")).Status);
        foreach (var path in new[] { "/", "/projects", "/tasks" })
        {
            Assert.DoesNotContain(path == "/tasks" ? "Draw" : "Museum", (await other.GetAsync(path)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_is_taken_off_a_private_project_sees_it_no_longer()
    {
        await using var host = await CrmHost.StartAsync();
        var owner = await host.AddPersonAsync("Tom Baker");
        var (browser, me) = await host.SignInAsync(Role.Member, "Saskia Kern");
        var project = await AddAsync(host, owner, me);

        var left = await browser.PostAsync($"/projects/{project.Id}/members?handler=Remove", ("personId", $"{me.Id}"));

        Assert.Equal("/projects", left.Location);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/projects/{project.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync($"/projects/{project.Id}/members?handler=Add", ("personId", $"{me.Id}"))).Status);
        Assert.False(await host.ReadAsync(db => db.ProjectMembers.AnyAsync(m => m.PersonId == me.Id)));
    }

    [Fact]
    public async Task Work_in_a_private_project_goes_to_its_members_alone()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member, "Saskia Kern");
        var outsider = await host.AddPersonAsync("Jonah Okafor");
        var project = await AddAsync(host, await host.AddPersonAsync("Tom Baker"), me);
        var task = await host.ReadAsync(db => db.Tasks.SingleAsync());

        var form = await browser.GetAsync($"/tasks/{task.Id}/fields/assignee");
        var refused = await browser.PostAsync($"/tasks/{task.Id}/fields/assignee", ("value", $"{outsider.Id}"), ("version", "1"));

        Assert.Equal(["Nobody", "Saskia Kern", "Tom Baker"], form.Html.QuerySelectorAll("main select option").Select(o => o.TextContent));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Null((await host.ReadAsync(db => db.Tasks.SingleAsync(t => t.ProjectId == project.Id))).AssigneeId);
    }

    private static async Task<Project> AddAsync(CrmHost host, Person owner, Person member)
    {
        var project = await host.AddProjectAsync("Museum", owner, ("Draw", null, 0));
        await host.SaveAsync(db =>
        {
            var kept = db.Projects.Include(p => p.Members).Single();
            kept.ShowTo(ProjectVisibility.Private);
            kept.Add(member.Id);
        });
        return project;
    }
}
