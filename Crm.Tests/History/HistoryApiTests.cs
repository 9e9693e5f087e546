using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.History;

public sealed class HistoryApiTests
{
    [Fact]
    public async Task A_history_tells_who_changed_what_and_takes_the_filters_of_its_page()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", me, ("Write", me, 1));
        using var caller = await host.CallAsync(me);
        await caller.PatchAsync("/tasks/1", new { dueOn = "2026-07-01", assigneeId = (int?)null });
        host.Time.Advance(TimeSpan.FromDays(1));
        await caller.PatchAsync("/projects/1", new { name = "Harbour map", description = new string('x', 300) });
        await caller.PostAsync("/tasks/1/comments", new { body = "Said" });
        await caller.PutAsync("/projects/1/rating", new { stars = 4 });

        var due = Assert.Single((await caller.GetAsync("/projects/1/history?kind=task&field=dueOn")).Items);
        Assert.Equal(("api", "task", "Write", "dueOn", "2026-06-02", "2026-07-01", "Inès Moreau changed the due date from 2 Jun to 1 Jul", true), (
            due["via"]!.ToString(), due["kind"]!.ToString(), due["name"]!.ToString(), due["field"]!.ToString(), due["from"]!.ToString(), due["to"]!.ToString(), due["summary"]!.ToString(), (bool)due["canBeRestored"]!));
        Assert.Equal("removed the assignee (Inès Moreau)", Assert.Single((await caller.GetAsync("/tasks/1/history?field=assigneeId")).Items)["summary"]!.ToString()["Inès Moreau ".Length..]);
        Assert.True((bool)Assert.Single((await caller.GetAsync("/projects/1/history?field=description")).Items)["isCut"]!);
        Assert.Equal(["rating", "comment", "project", "project"], await KindsAsync(caller, "/history?from=2026-06-02&limit=3"));
        Assert.Equal(["comment", "task", "task"], await KindsAsync(caller, "/tasks/1/history?via=api&limit=1"));
        Assert.Equal(["comment"], await KindsAsync(caller, "/comments/1/history"));
        Assert.Equal(["rating"], await KindsAsync(caller, "/ratings/1/history"));
        Assert.Equal(["account"], await KindsAsync(caller, $"/people/{me.Id}/history"));
        Assert.Empty(await KindsAsync(caller, "/history?person=99"));
        foreach (var (path, status, field) in new[] { ("/history?via=post", 400, "via"), ("/history?from=0001-01-01", 422, "from"), ("/history?to=soon", 400, "to"), ("/projects/1/past?on=0001-01-01", 422, "on"), ("/trash?kind=person", 422, "kind") })
        {
            var answer = await caller.GetAsync(path);
            Assert.True(status == (int)answer.Status && answer.ErrorFields.SequenceEqual([field]), $"{path}: {answer.Text}");
        }
    }

    [Fact]
    public async Task A_value_is_put_back_by_the_rules_of_editing_it()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", me);
        using var caller = await host.CallAsync(me);
        await caller.PatchAsync("/projects/1", new { name = "Harbour map" });
        var id = (long)(await caller.GetAsync("/projects/1/history?field=name")).Items.First()["id"]!;

        var change = await caller.GetAsync($"/history/{id}");
        var restored = await caller.PostAsync($"/history/{id}/restore");
        var again = await caller.PostAsync($"/history/{id}/restore", new { });
        await caller.PatchAsync("/projects/1", new { name = "Quay" });
        var doubted = await caller.PostAsync($"/history/{id}/restore");
        var present = (await caller.GetAsync($"/history/{id}")).Json["present"]!;
        var sure = await caller.PostAsync($"/history/{id}/restore", new { seen = present["seen"]!.ToString() });
        var created = await caller.PostAsync("/history/1/restore");

        Assert.Equal(("Harbour map", true, false), (change.Json["present"]!["value"]!.ToString(), (bool)change.Json["present"]!["mayRestore"]!, (bool)change.Json["present"]!["isChangedSince"]!));
        Assert.Equal((HttpStatusCode.OK, "Harbour guide", "api"), (restored.Status, restored.Json["change"]!["to"]!.ToString(), restored.Json["change"]!["via"]!.ToString()));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, true), (again.Status, doubted.Status, (bool)present["isChangedSince"]!));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (sure.Status, created.Status));
        Assert.Equal("Harbour guide", await host.ReadAsync(db => db.Projects.Select(p => p.Name).SingleAsync()));
        using var other = await host.CallAsync(await host.AddPersonAsync("Tom Baker"));
        await caller.PatchAsync("/projects/1", new { visibility = "private" });
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await other.GetAsync($"/history/{id}")).Status, (await other.PostAsync($"/history/{id}/restore")).Status));
    }

    [Fact]
    public async Task A_project_shows_as_it_stood_and_what_was_deleted_can_be_found()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", me, ("Write", me, 1), ("Print", null, 1));
        using var caller = await host.CallAsync(me);
        await caller.PutAsync("/projects/1/rating", new { stars = 4 });
        host.Time.Advance(TimeSpan.FromDays(2));
        await caller.PatchAsync("/projects/1", new { name = "Harbour map", status = "onHold" });
        await caller.PatchAsync("/tasks/1", new { title = "Rewrite", status = "done" });
        await caller.DeleteAsync("/tasks/2");

        var past = (await caller.GetAsync("/projects/1/past?on=2026-06-01")).Json;
        Assert.Equal(("Harbour guide", "active", "Write, Print", 4), (past["name"]!.ToString(), past["status"]!.ToString(), string.Join(", ", past["tasks"]!.AsArray().Select(t => t!["title"])), (int)past["rating"]!["average"]!));
        Assert.Equal("Harbour map", (await caller.GetAsync("/projects/1/past")).Json["name"]!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync("/projects/1/past?on=2026-05-01")).Status);
        var gone = Assert.Single((await caller.GetAsync("/trash?kind=task")).Items);
        Assert.Equal(("task", 2, "Print", "Harbour map", "Inès Moreau", true), (gone["kind"]!.ToString(), (int)gone["id"]!, gone["name"]!.ToString(), gone["parent"]!.ToString(), gone["deletedBy"]!.ToString(), (bool)gone["mayRestore"]!));
        await caller.PostAsync("/tasks/2/restore");
        Assert.Empty((await caller.GetAsync("/trash")).Items);
    }

    [Fact]
    public async Task Histories_ask_a_fixed_number_of_questions_and_are_not_for_clients()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var client = await host.AddPersonAsync("Asta Lind", Role.Client);
        await host.AddProjectAsync("Harbour guide", me, ("Write", me, 1));
        using var caller = await host.CallAsync(me);
        await caller.PutAsync($"/projects/1/members/{client.Id}");
        await caller.PatchAsync("/tasks/1", new { priority = "high", audience = "clientVisible", assigneeId = (int?)null });
        foreach (var path in new[] { "/projects/1/history", "/tasks/1/history", "/history", "/history/3", "/projects/1/past", "/trash" })
        {
            var first = await host.CountQueriesAsync(caller, path);
            await caller.PatchAsync("/tasks/1", new { priority = "urgent", title = "Rewrite " + path });
            await caller.PatchAsync("/projects/1", new { name = "Renamed " + path });
            var then = await host.CountQueriesAsync(caller, path);
            Assert.True(first == then, $"{path}: {first} questions, then {then}");
            Assert.InRange(first, 1, 12);
        }

        using var outside = await host.CallAsync(client);
        foreach (var path in new[] { "/projects/1/history", "/tasks/1/history", "/history", "/history/1", "/projects/1/past", "/trash" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await outside.GetAsync(path)).Status);
        }
    }

    private static async Task<List<string>> KindsAsync(Caller caller, string path)
    {
        List<string> all = [];
        for (var next = path; next is not null;)
        {
            var page = await caller.GetAsync(next);
            all.AddRange(page.Items.Select(c => c["kind"]!.ToString()));
            next = page.Header("Link")?.Split('<', '>')[1]["/api/v1".Length..];
        }

        return all;
    }
}
