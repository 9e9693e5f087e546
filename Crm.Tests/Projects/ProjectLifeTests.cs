using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Projects;

public sealed class ProjectLifeTests
{
    [Fact]
    public async Task A_deleted_project_is_gone_until_the_deletion_is_undone()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me, ("One", me, 0));

        var deleted = await browser.PostAsync($"/projects/{project.Id}?handler=Delete");
        var list = await browser.GetAsync(deleted.Location!);
        var gone = await browser.GetAsync($"/projects/{project.Id}");
        var undo = list.Html.QuerySelector(".flash form")!.GetAttribute("action")!;
        await browser.PostAsync(undo);
        var back = await browser.GetAsync($"/projects/{project.Id}");

        Assert.Equal("/projects", deleted.Location);
        Assert.Equal("Deleted “Museum”.", list.TextOf(".flash p"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (gone.Status, back.Status));
    }

    [Fact]
    public async Task An_archived_project_leaves_the_list_and_says_so_on_its_page()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var project = await host.AddProjectAsync("Museum", me);

        await browser.PostAsync($"/projects/{project.Id}?handler=Archive");

        Assert.NotNull((await browser.GetAsync("/projects")).Html.QuerySelector(".empty"));
        Assert.NotNull((await browser.GetAsync($"/projects/{project.Id}")).Html.QuerySelector(".callout"));
    }

    [Theory]
    [InlineData("Archive")]
    [InlineData("BringBack")]
    [InlineData("Delete")]
    [InlineData("Restore")]
    public async Task A_client_moves_nothing_in_or_out_of_the_way(string handler)
    {
        await using var host = await CrmHost.StartAsync();
        var owner = await host.AddPersonAsync("Tom Baker");
        var (browser, client) = await host.SignInAsync(Role.Client);
        var project = await host.AddProjectAsync("Museum", owner);
        await host.SaveAsync(db => db.Projects.Include(p => p.Members).Single().Add(client.Id));
        var before = await host.ReadAsync(db => db.Projects.Select(p => p.Version).SingleAsync());

        var answer = await browser.PostAsync($"/projects/{project.Id}?handler={handler}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(before, await host.ReadAsync(db => db.Projects.Select(p => p.Version).SingleAsync()));
    }

    [Fact]
    public async Task Members_come_and_go_and_the_owner_stays()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        var tom = await host.AddPersonAsync("Tom Baker");
        var project = await host.AddProjectAsync("Museum", me);
        var url = $"/projects/{project.Id}/members";

        var added = await browser.PostFragmentAsync(url + "?handler=Add", ("personId", $"{tom.Id}"));
        var twice = await browser.PostFragmentAsync(url + "?handler=Add", ("personId", $"{tom.Id}"));
        var owner = await browser.PostFragmentAsync($"{url}?handler=Remove&personId={me.Id}");
        var nobody = await browser.PostFragmentAsync(url + "?handler=Add", ("personId", ""));
        var members = await host.ReadAsync(db => db.ProjectMembers.CountAsync());
        await browser.PostAsync($"{url}?handler=Remove&personId={tom.Id}");

        Assert.Contains("Tom Baker", added.TextOf("ul"), StringComparison.Ordinal);
        Assert.All(new[] { twice, owner, nobody }, a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.Status));
        Assert.Equal(2, members);
        Assert.Equal([me.Id], await host.ReadAsync(db => db.ProjectMembers.Select(m => m.PersonId).ToListAsync()));
        Assert.Equal(2, await host.ReadAsync(db => db.Changes.CountAsync(c => c.Field == "Members")));
    }

    [Fact]
    public async Task A_client_reads_what_the_project_is_and_counts_what_is_shown_to_them()
    {
        await using var host = await CrmHost.StartAsync();
        var owner = await host.AddPersonAsync("Tom Baker");
        await host.AddPersonAsync("Somebody Else");
        var (browser, client) = await host.SignInAsync(Role.Client, "Asta Lind");
        var project = await host.AddProjectAsync("Museum", owner, ("Secret task", owner, 0), ("Shown task", owner, 1));
        await host.SaveAsync(db => db.Projects.Include(p => p.Members).Single().Add(client.Id));
        await host.SaveAsync(db => db.Tasks.Single(t => t.Title == "Shown task").ShowTo(Audience.ClientVisible));

        var page = await browser.GetAsync($"/projects/{project.Id}");

        Assert.Equal("Museum", page.TextOf("h1"));
        Assert.Equal("0 of 1", page.TextOf($"#project-{project.Id}-progress .num"));
        Assert.Equal(["Shown task"], page.Html.QuerySelectorAll("#tasks li.item a.t").Select(a => a.TextContent));
        Assert.Equal(["Asta Lind", "Tom Baker"], page.Html.QuerySelectorAll("#project-1-members li .truncate").Select(p => p.TextContent));
        Assert.DoesNotContain("Secret task", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody Else", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("main .edit, main .edit-btn, main .menu, main .check, #ratings"));
    }
}
