using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Tasks;

public sealed class TasksApiTests
{
    private static readonly (string Method, string Path, string Body, int Status, string Field)[] Refused =
    [
        ("POST", "/projects/1/tasks", "{\"title\":\" \"}", 422, "title"),
        ("POST", "/projects/1/tasks", "{\"title\":\"a\",\"assigneeId\":99}", 422, "assigneeId"),
        ("POST", "/projects/1/tasks", "{\"title\":\"a\",\"dueOn\":\"1066-01-01\"}", 422, "dueOn"),
        ("POST", "/projects/1/tasks", "{\"title\":\"a\",\"labels\":[\"a,b\"]}", 422, "labels"),
        ("POST", "/projects/1/tasks", "{\"title\":\"a\",\"labels\":[null]}", 422, "labels"),
        ("POST", "/projects/1/tasks", "{\"title\":\"a\",\"status\":\"waiting\"}", 400, "status"),
        ("POST", "/projects/1/tasks", "{\"title\":\"a\",\"projectId\":1}", 400, "projectId"),
        ("PATCH", "/tasks/1", "{\"title\":null}", 422, "title"),
        ("PATCH", "/tasks/1", "{\"status\":null}", 422, "status"),
        ("PATCH", "/tasks/1", "{\"title\":\"b\",\"assigneeId\":99}", 422, "assigneeId"),
        ("PATCH", "/tasks/1", "{\"labels\":[\"a\",\"b,c\"]}", 422, "labels"),
        ("PATCH", "/tasks/1", "{\"labels\":\"a, b\"}", 400, "labels"),
        ("PATCH", "/tasks/1", "{\"position\":3}", 400, "position"),
        ("POST", "/tasks/1/move", "{\"status\":\"done\",\"before\":99}", 422, "before"),
        ("POST", "/tasks/1/move", "{\"after\":1}", 422, "after"),
        ("POST", "/tasks/1/move", "{\"to\":\"left\"}", 400, "to"),
        ("PUT", "/tasks/1/members/99", "{}", 422, "personId"),
        ("GET", "/tasks?assignee=somebody", "", 422, "assignee"),
        ("GET", "/tasks?status=lost", "", 400, "status"),
        ("GET", "/tasks?due=soon", "", 400, "due"),
        ("GET", "/tasks?order=due", "", 400, "order"),
    ];

    [Fact]
    public async Task A_task_is_created_changed_staffed_archived_deleted_and_restored()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var tom = await host.AddPersonAsync("Tom Baker");
        await host.AddProjectAsync("Harbour guide", me);
        using var caller = await host.CallAsync(me);

        var made = await caller.PostAsync("/projects/1/tasks", new { title = " Write the guide ", description = "In *two* parts", status = "doing", priority = "high", assigneeId = tom.Id, dueOn = "2026-07-01", labels = new[] { "text", "Text", "print" }, audience = "clientVisible" });
        var address = made.Location!["/api/v1".Length..];
        var read = await caller.GetAsync(address);
        var changed = await caller.PatchAsync(address, new { status = "done", assigneeId = (int?)null, dueOn = (string?)null, labels = new[] { "web" } }, ("If-Match", read.Header("ETag")!));

        Assert.Equal((HttpStatusCode.Created, made.Text), (made.Status, read.Text));
        var task = read.Json;
        Assert.Equal(("Write the guide", "doing", "high", "clientVisible", "2026-07-01"), (task["title"]!.ToString(), task["status"]!.ToString(), task["priority"]!.ToString(), task["audience"]!.ToString(), task["dueOn"]!.ToString()));
        Assert.Equal(("Tom Baker", "Harbour guide", "Inès Moreau"), (task["assignee"]!["name"]!.ToString(), task["project"]!["name"]!.ToString(), task["createdBy"]!["name"]!.ToString()));
        Assert.Equal(["text", "print"], task["labels"]!.AsArray().Select(l => l!.ToString()));
        Assert.Equal(("done", true, null, null, "web"), (changed.Json["status"]!.ToString(), changed.Json["completedAt"] is not null, changed.Json["assignee"], changed.Json["dueOn"], changed.Json["labels"]![0]!.ToString()));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await caller.PatchAsync(address, new { title = "Late" }, ("If-Match", read.Header("ETag")!))).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await caller.PutAsync($"{address}/members/{tom.Id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.PutAsync($"{address}/members/{tom.Id}")).Status);
        Assert.Equal("Tom Baker", Assert.Single((await caller.GetAsync(address)).Json["members"]!.AsArray())!["name"]!.ToString());
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync($"{address}/members/{tom.Id}")).Status);
        Assert.NotNull((await caller.PostAsync($"{address}/archive")).Json["archivedAt"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.PatchAsync(address, new { title = "Archived" })).Status);
        Assert.Null((await caller.PostAsync($"{address}/unarchive")).Json["archivedAt"]);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync(address)).Status);
        Assert.Empty((await caller.PostAsync($"{address}/restore")).Json["members"]!.AsArray());
        Assert.All(await host.ReadAsync(db => db.Changes.Where(c => c.Kind == nameof(ProjectTask)).ToListAsync()), c => Assert.Equal((Via.Api, me.Id, (int?)1), (c.Via, c.PersonId, c.ProjectId)));

        await caller.DeleteAsync(address);
        host.Time.Advance(TimeSpan.FromDays(31));
        using var later = await host.CallAsync(me);
        Assert.Equal(HttpStatusCode.Gone, (await later.PostAsync($"{address}/restore")).Status);
    }

    [Fact]
    public async Task Tasks_take_the_places_that_they_are_moved_to_and_their_usual_one_otherwise()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", me, ("One", null, 1), ("Two", null, 1), ("Three", null, 1), ("Four", null, 1));
        using var caller = await host.CallAsync(me);
        foreach (var (path, body, expected) in new (string, object, string)[]
        {
            ("/tasks/3/move", new { before = 1 }, "toDo Three, toDo One, toDo Two, toDo Four"),
            ("/tasks/3/move", new { after = 2 }, "toDo One, toDo Two, toDo Three, toDo Four"),
            ("/tasks/2/move", new { to = "up" }, "toDo Two, toDo One, toDo Three, toDo Four"),
            ("/tasks/4/move", new { to = "top" }, "toDo Four, toDo Two, toDo One, toDo Three"),
            ("/tasks/1/move", new { to = "next" }, "toDo Four, toDo Two, toDo Three, doing One"),
            ("/tasks/2/move", new { status = "doing", before = 1 }, "toDo Four, toDo Three, doing Two, doing One"),
            ("/tasks/3/move", new { status = "done" }, "toDo Four, doing Two, doing One, done Three"),
        })
        {
            var answer = await caller.PostAsync(path, body);

            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            Assert.Equal(expected, await PlacesAsync(caller));
        }

        await caller.PatchAsync("/tasks/1", new { status = "done" });
        await caller.PostAsync("/projects/1/tasks", new { title = "Five", status = "done" });
        await caller.PostAsync("/projects/1/tasks", new { title = "Six" });
        Assert.Equal("toDo Four, toDo Six, doing Two, done Five, done One, done Three", await PlacesAsync(caller));
        var before = await caller.GetAsync("/tasks/4");
        await caller.PostAsync("/tasks/4/move", new { status = "doing" });
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await caller.PostAsync("/tasks/4/move", new { status = "done" }, ("If-Match", before.Header("ETag")!))).Status);
        Assert.Equal(TaskStatus.Doing, await host.ReadAsync(db => db.Tasks.Where(t => t.Id == 4).Select(t => t.Status).SingleAsync()));
    }

    [Fact]
    public async Task The_list_takes_the_filters_and_orders_of_the_page_and_asks_a_fixed_number_of_questions()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var tom = await host.AddPersonAsync("Tom Baker");
        await host.AddProjectAsync("Harbour guide", me, ("Plan", me, 0), ("Late plan", tom, -3));
        using var caller = await host.CallAsync(me);
        var first = await host.CountQueriesAsync(caller, "/tasks");
        await host.AddProjectAsync("Museum", me, ("Paint", me, 5), ("Clean", null, 9), ("Sell", tom, 3));
        await host.ReadAsync(db => db.Tasks.Where(t => t.Title == "Clean").ExecuteUpdateAsync(t => t.SetProperty(x => x.DueOn, (DateOnly?)null).SetProperty(x => x.Priority, Priority.Urgent)));
        await caller.PatchAsync("/tasks/5", new { status = "done" });

        Assert.Equal((3, 3), (first, await host.CountQueriesAsync(caller, "/tasks")));
        Assert.Equal(4, (await caller.GetAsync("/tasks")).Items.Count());
        Assert.Equal(2, await host.CountQueriesAsync(caller, "/tasks/1"));
        foreach (var (query, expected) in new[]
        {
            ("sort=due&limit=2", "Late plan, Plan, Paint, Clean"), ("sort=priority&limit=1", "Clean, Late plan, Plan, Paint"), ("sort=newest&limit=3", "Clean, Paint, Late plan, Plan"),
            ("sort=place&status=all&limit=2", "Plan, Late plan, Paint, Clean, Sell"), ("q=PLAN+late", "Late plan"), ("assignee=me", "Plan, Paint"), ("assignee=none", "Clean"), ($"assignee={tom.Id}&status=all", "Late plan, Sell"),
            ("status=done", "Sell"), ("status=toDo&project=2", "Paint, Clean"), ("due=overdue", "Late plan"), ("due=today", "Plan"), ("due=week", "Paint"), ("priority=urgent", "Clean"), ("archived=true", ""), ("project=9", ""),
        })
        {
            Assert.Equal(expected, string.Join(", ", (await AllAsync(caller, $"/tasks?{query}")).Select(t => t["title"]!.ToString())));
        }
    }

    [Fact]
    public async Task The_orders_of_the_list_are_read_from_indexes()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", me, ("Write", null, 1), ("Print", null, 1));
        using var caller = await host.CallAsync(me);
        foreach (var query in new[] { "sort=due", "sort=due&status=all", "sort=due&status=done", "sort=priority", "sort=newest", "sort=newest&status=all", "sort=place&project=1&status=doing" })
        {
            host.Queries.Clear();
            await caller.GetAsync($"/tasks?{query}&limit=1");
            var command = host.Queries.Commands.First(c => c.Contains("ORDER BY", StringComparison.Ordinal) && !c.Contains("\"Description\"", StringComparison.Ordinal));

            Assert.DoesNotContain("TEMP B-TREE", await QueryPlan.OfAsync(host, command), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_the_name_of_its_field_and_changes_nothing()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", me, ("Write", null, 1));
        using var caller = await host.CallAsync(me);
        var before = await host.ReadAsync(db => db.Changes.CountAsync());
        foreach (var (method, path, body, status, field) in Refused)
        {
            var answer = await caller.SendAsync(new HttpMethod(method), path, method == "GET" ? null : body);

            Assert.True(status == (int)answer.Status && answer.ErrorFields.SequenceEqual([field]), $"{method} {path} {body}: {answer.Text}");
        }

        Assert.Equal((before, "Write"), (await host.ReadAsync(db => db.Changes.CountAsync()), await host.ReadAsync(db => db.Tasks.Select(t => t.Title).SingleAsync())));
    }

    [Fact]
    public async Task A_client_sees_the_tasks_that_are_shown_to_them_and_changes_none()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var client = await host.AddPersonAsync("Asta Lind", Role.Client);
        var project = await host.AddProjectAsync("Harbour guide", me, ("Shown", me, 1), ("Inside", me, 1));
        await host.SaveAsync(db => db.Projects.Include(p => p.Members).Single().Add(client.Id));
        using var team = await host.CallAsync(me);
        await team.PatchAsync("/tasks/1", new { audience = "clientVisible" });
        using var caller = await host.CallAsync(client);

        Assert.Equal(["Shown"], (await AllAsync(caller, "/tasks?status=all")).Select(t => t["title"]!.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync("/tasks/2")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.PatchAsync("/tasks/2", new { title = "Mine" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.PatchAsync("/tasks/1", new { title = "Mine" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.PostAsync($"/projects/{project.Id}/tasks", new { title = "Mine" })).Status);
        Assert.Equal(["Shown", "Inside"], await host.ReadAsync(db => db.Tasks.OrderBy(t => t.Id).Select(t => t.Title).ToListAsync()));
    }

    private static async Task<string> PlacesAsync(Caller caller) =>
        string.Join(", ", (await AllAsync(caller, "/tasks?status=all&project=1&sort=place")).Select(t => $"{t["status"]} {t["title"]}"));

    private static async Task<List<System.Text.Json.Nodes.JsonNode>> AllAsync(Caller caller, string path)
    {
        List<System.Text.Json.Nodes.JsonNode> all = [];
        for (var next = path; next is not null;)
        {
            var page = await caller.GetAsync(next);
            all.AddRange(page.Items);
            next = page.Header("Link")?.Split('<', '>')[1]["/api/v1".Length..];
        }

        return all;
    }
}
