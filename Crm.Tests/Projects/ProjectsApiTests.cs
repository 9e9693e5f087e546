using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Projects;

public sealed class ProjectsApiTests
{
    private static readonly (string Method, string Body, int Status, string Field)[] Refused =
    [
        ("POST", "{\"name\":\"\"}", 422, "name"),
        ("POST", "{}", 422, "name"),
        ("POST", "{\"name\":\"a\\u0000b\"}", 422, "name"),
        ("POST", "{\"name\":\"a\",\"startsOn\":\"2026-07-02\",\"dueOn\":\"2026-07-01\"}", 422, "dueOn"),
        ("POST", "{\"name\":\"a\",\"colour\":\"red\"}", 400, "colour"),
        ("POST", "{\"name\":\"a\",\"status\":7}", 400, "status"),
        ("POST", "{\"name\":\"a\",\"status\":\"lost\"}", 400, "status"),
        ("POST", "{\"name\":\"a\",\"dueOn\":\"tomorrow\"}", 400, "dueOn"),
        ("POST", "{\"name\":\"a\",\"name\":\"b\"}", 400, "name"),
        ("POST", "{\"name\":\"\\ud800\"}", 400, "name"),
        ("POST", "{\"name\":", 400, "name"),
        ("POST", "[]", 400, "body"),
        ("POST", "null", 400, "body"),
        ("POST", "", 400, "body"),
        ("PATCH", "{\"name\":null}", 422, "name"),
        ("PATCH", "{\"ownerId\":99}", 422, "ownerId"),
        ("PATCH", "{\"status\":null}", 422, "status"),
        ("PATCH", "{\"dueOn\":\"1066-01-01\"}", 422, "dueOn"),
        ("PATCH", "{\"name\":\"b\",\"startsOn\":\"2026-07-02\",\"dueOn\":\"2026-07-01\"}", 422, "dueOn"),
        ("PATCH", "{\"createdAt\":\"2026-07-01\"}", 400, "createdAt"),
        ("PATCH", "7", 400, "body"),
    ];

    [Fact]
    public async Task A_project_is_created_read_changed_archived_deleted_and_restored()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        using var caller = await host.CallAsync(me);

        var made = await caller.PostAsync("/projects", new { name = "  Harbour guide ", dueOn = "2026-07-01", status = "planned" });
        var address = made.Location!["/api/v1".Length..];
        var read = await caller.GetAsync(address);
        var changed = await caller.PatchAsync(address, new { status = "onHold", startsOn = "2026-08-01", dueOn = "2026-09-01", visibility = "private" }, ("If-Match", read.Header("ETag")!));

        Assert.Equal((HttpStatusCode.Created, "/api/v1/projects/1"), (made.Status, made.Location));
        Assert.Equal(made.Text, read.Text);
        Assert.Equal(("Harbour guide", "planned", "2026-07-01", me.Id), (read.Json["name"]!.ToString(), read.Json["status"]!.ToString(), read.Json["dueOn"]!.ToString(), (int)read.Json["owner"]!["id"]!));
        Assert.Equal(("onHold", "2026-08-01", "2026-09-01", "private"), (changed.Json["status"]!.ToString(), changed.Json["startsOn"]!.ToString(), changed.Json["dueOn"]!.ToString(), changed.Json["visibility"]!.ToString()));
        Assert.NotNull((await caller.PostAsync($"{address}/archive")).Json["archivedAt"]);
        Assert.Null((await caller.PostAsync($"{address}/unarchive")).Json["archivedAt"]);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.PostAsync($"{address}/restore")).Status);
        Assert.All(await host.ReadAsync(db => db.Changes.Where(c => c.Kind == nameof(Project)).ToListAsync()), c => Assert.Equal((Via.Api, me.Id), (c.Via, c.PersonId)));
    }

    [Fact]
    public async Task A_list_is_read_to_its_end_by_its_cursors_whatever_its_order()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        foreach (var (name, due) in new[] { ("Émile", 5), ("beta", 5), ("Alpha", 0), ("gamma", 2), ("delta", 0) })
        {
            var project = await host.AddProjectAsync(name, me);
            await host.ReadAsync(db => db.Projects.Where(p => p.Id == project.Id && due > 0).ExecuteUpdateAsync(p => p.SetProperty(x => x.DueOn, new DateOnly(2026, 7, due == 0 ? 1 : due))));
        }

        using var caller = await host.CallAsync(me);
        foreach (var (sort, expected) in new[] { ("name", "Alpha, beta, delta, Émile, gamma"), ("due", "gamma, Émile, beta, Alpha, delta"), ("newest", "delta, gamma, Alpha, beta, Émile") })
        {
            List<string> names = [];
            for (var next = $"/projects?sort={sort}&limit=2"; next is not null;)
            {
                var page = await caller.GetAsync(next);
                names.AddRange(page.Items.Select(p => p["name"]!.ToString()));
                var link = page.Header("Link");
                Assert.Equal(link is null, page.Json["nextCursor"] is null);
                next = link?.Split('<', '>')[1]["/api/v1".Length..];
            }

            Assert.Equal(expected, string.Join(", ", names));
        }
    }

    [Fact]
    public async Task The_list_takes_the_filters_of_the_page_and_asks_a_fixed_number_of_questions()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var other = await host.AddPersonAsync("Tom Baker");
        await host.AddProjectAsync("Harbour guide", me, ("Write", me, -1));
        using var caller = await host.CallAsync(me);
        var first = await host.CountQueriesAsync(caller, "/projects");
        await host.AddProjectAsync("Harbour map", other);
        await host.AddProjectAsync("Museum", me);

        Assert.Equal((2, 2), (first, await host.CountQueriesAsync(caller, "/projects")));
        Assert.Equal(3, (await caller.GetAsync("/projects")).Items.Count());
        Assert.Equal(["Harbour guide"], await NamesAsync(caller, "/projects?q=HARBOUR&owner=me&mine=true&status=active"));
        Assert.Equal(["Harbour map"], await NamesAsync(caller, $"/projects?owner={other.Id}"));
        Assert.Empty(await NamesAsync(caller, "/projects?archived=true"));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_what_has_changed_is_not_written_over()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var project = await host.AddProjectAsync("Harbour guide", me);
        using var caller = await host.CallAsync(me);
        var first = await caller.GetAsync($"/projects/{project.Id}");
        var same = await caller.GetAsync($"/projects/{project.Id}", ("If-None-Match", first.Header("ETag")!));
        await host.SaveAsync(db => db.Tasks.Add(Crm.Tasks.ProjectTask.Create(project.Id, "Write", 1, me.Id, host.Now)));
        var figures = await caller.GetAsync($"/projects/{project.Id}", ("If-None-Match", first.Header("ETag")!));
        var mine = await caller.PatchAsync($"/projects/{project.Id}", new { name = "Mine" }, ("If-Match", first.Header("ETag")!));
        var late = await caller.PatchAsync($"/projects/{project.Id}", new { name = "Late" }, ("If-Match", first.Header("ETag")!));
        var gone = await caller.DeleteAsync($"/projects/{project.Id}", ("If-Match", "\"nonsense\""));

        Assert.Equal((HttpStatusCode.NotModified, 0), (same.Status, same.Body.Length));
        Assert.Equal((HttpStatusCode.OK, 1), (figures.Status, (int)figures.Json["progress"]!["tasks"]!));
        Assert.Equal(HttpStatusCode.OK, mine.Status);
        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed), (late.Status, gone.Status));
        Assert.Equal("Mine", (await host.ReadAsync(db => db.Projects.SingleAsync())).Name);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_the_name_of_its_field_and_changes_nothing()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var project = await host.AddProjectAsync("Harbour guide", me);
        using var caller = await host.CallAsync(me);
        foreach (var (method, body, status, field) in Refused)
        {
            var answer = await caller.SendAsync(new HttpMethod(method), method == "POST" ? "/projects" : $"/projects/{project.Id}", body);

            Assert.True(status == (int)answer.Status && answer.ErrorFields.SequenceEqual([field]), $"{method} {body}: {answer.Text}");
            Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        }

        Assert.Equal("Harbour guide", Assert.Single(await host.ReadAsync(db => db.Projects.Select(p => p.Name).ToListAsync())));
    }

    private static async Task<IEnumerable<string>> NamesAsync(Caller caller, string path) =>
        (await caller.GetAsync(path)).Items.Select(p => p["name"]!.ToString()).ToList();
}
