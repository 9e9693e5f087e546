using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Tests.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.History;

public sealed class ClashTests
{
    [Fact]
    public async Task A_card_that_somebody_else_moved_meanwhile_stays_there_until_it_is_moved_all_the_same()
    {
        await using var setting = await TaskSetting.StartAsync();
        var (sam, _) = await setting.Host.SignInAsync(Role.Member, "Sam Lee");
        var id = await setting.AddOneAsync("Tickets");
        await sam.PostFragmentAsync($"/tasks/{id}/move?on=board&status=review&version=1");

        var answer = await setting.Browser.PostFragmentAsync($"/tasks/{id}/move?on=board&status=doing&version=1");
        var page = await setting.Browser.PostAsync($"/tasks/{id}/move?on=board&status=doing&version=1");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (answer.Status, page.Status));
        Assert.Equal("Sam Lee moved “Tickets” to Review just now. It stays there: nothing was changed.", answer.TextOf(".flash p"));
        Assert.Equal(["#tasks-todo", "#tasks-review"], answer.Html.QuerySelectorAll("hx-partial[hx-swap=outerMorph]").Select(p => p.GetAttribute("hx-target")));
        Assert.NotNull(answer.Html.QuerySelector($"#tasks-review #task-{id}[data-version='2']"));
        Assert.Equal(TaskStatus.Review, (await setting.ReadAsync(id)).Status);

        var anyway = page.Html.QuerySelector("main button[form=act]")!.GetAttribute("formaction")!;
        Assert.Equal(anyway, answer.Html.QuerySelector(".flash form")!.GetAttribute("action"));
        Assert.Equal(HttpStatusCode.Found, (await setting.Browser.PostAsync(anyway)).Status);
        Assert.Equal(TaskStatus.Doing, (await setting.ReadAsync(id)).Status);
    }

    [Fact]
    public async Task Other_fields_and_ones_own_moves_are_in_nobodys_way()
    {
        await using var setting = await TaskSetting.StartAsync();
        var (sam, _) = await setting.Host.SignInAsync(Role.Member, "Sam Lee");
        var id = await setting.AddOneAsync("Tickets");
        await HistoryTests.SetAsync(sam, $"/tasks/{id}/fields/title", "Tills");
        await setting.Browser.PostFragmentAsync($"/tasks/{id}/move?on=board&to=next&version=1");

        Assert.Equal(HttpStatusCode.OK, (await setting.Browser.PostFragmentAsync($"/tasks/{id}/move?on=board&to=next&version=1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await setting.Browser.PostFragmentAsync($"/tasks/{id}/priority?on=board&priority=high&version=1")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await sam.PostFragmentAsync($"/tasks/{id}/priority?on=board&priority=low&version=2")).Status);
        var task = await setting.ReadAsync(id);
        Assert.Equal((TaskStatus.Review, Crm.Tasks.Priority.High, "Tills"), (task.Status, task.Priority, task.Title));
    }

    [Fact]
    public async Task What_was_deleted_meanwhile_says_by_whom_to_those_who_could_see_it()
    {
        await using var setting = await TaskSetting.StartAsync();
        var (sam, _) = await setting.Host.SignInAsync(Role.Member, "Sam Lee");
        var (client, _) = await setting.Host.SignInAsync(Role.Client, "Asta Lind");
        var id = await setting.AddOneAsync("Tickets");
        await sam.PostAsync($"/tasks/{id}/delete");

        foreach (var path in new[] { $"/tasks/{id}/move?on=board&status=doing", $"/tasks/{id}/archive", $"/tasks/{id}/fields/title" })
        {
            var answer = await setting.Browser.PostFragmentAsync(path, ("value", "New"), ("version", "1"));
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Contains("Sam Lee deleted “Tickets” just now", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Tickets", (await client.PostFragmentAsync(path, ("value", "New"), ("version", "1"))).Text, StringComparison.Ordinal);
        }

        Assert.Equal("Tickets", (await setting.ReadAsync(id)).Title);
    }

    [Fact]
    public async Task Two_admins_at_the_settings_keep_both_their_words_unless_they_set_the_same()
    {
        await using var host = await CrmHost.StartAsync();
        var (one, _) = await host.SignInAsync();
        var (other, _) = await host.SignInAsync(Role.Admin, "Sam Lee");
        (string, string)[] Form(string name, string zone, string version) =>
            [("Input.Name", name), ("Input.TimeZone", zone), ("Input.Registration", "Invitation"), ("Input.Address", ""), ("Version", version)];
        await other.PostAsync("/settings", Form("Quay Studio", "UTC", "1"));

        var merged = await one.PostAsync("/settings", Form("Northlight Studio", "Europe/Paris", "1"));
        var clash = await one.PostAsync("/settings", Form("Pier Studio", "Europe/Paris", "1"));
        var kept = await host.ReadAsync(db => db.Workspaces.AsNoTracking().SingleAsync());
        await one.PostAsync("/settings", Form("Pier Studio", "Europe/Paris", clash.ValueOf("Version")!));

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Conflict), (merged.Status, clash.Status));
        Assert.Equal(("Quay Studio", "Europe/Paris"), (kept.Name, kept.TimeZone));
        Assert.Equal(["Quay Studio", "Pier Studio"], clash.Html.QuerySelectorAll(".conflict dd").Select(d => d.TextContent));
        Assert.Equal("Pier Studio", clash.ValueOf("Input.Name"));
        Assert.Equal("Pier Studio", await host.ReadAsync(db => db.Workspaces.Select(w => w.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_rating_from_two_windows_is_not_replaced_unseen()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var project = await host.AddProjectAsync("Museum", me);
        var url = $"/projects/{project.Id}/rating";
        await browser.PostAsync(url, ("stars", "4"), ("comment", ""));
        await browser.PostAsync(url, ("stars", "2"), ("comment", ""), ("version", "1"));

        var refused = await browser.PostFragmentAsync(url, ("stars", "5"), ("comment", ""), ("version", "1"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("2 of 5 stars now", refused.TextOf("#rating-error"), StringComparison.Ordinal);
        Assert.Equal(2, await host.ReadAsync(db => db.Ratings.Select(r => r.Stars).SingleAsync()));
        Assert.Equal("2", refused.ValueOf("version"));
    }
}
