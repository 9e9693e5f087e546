using System.Net;
using Crm.Accounts;
using Crm.Tasks;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Tasks;

public sealed class ChecklistsApiTests
{
    private static readonly (string Method, string Path, string Body, int Status, string Field)[] Refused =
    [
        ("POST", "/tasks/1/checklists", "{\"name\":\"\"}", 422, "name"),
        ("POST", "/checklists/1/items", "{}", 422, "text"),
        ("POST", "/checklists/1/items", "{\"text\":\"a\",\"isDone\":true}", 400, "isDone"),
        ("PATCH", "/checklists/1", "{\"name\":null}", 422, "name"),
        ("PATCH", "/checklists/1", "{\"taskId\":2}", 400, "taskId"),
        ("PATCH", "/checklist-items/1", "{\"text\":\" \"}", 422, "text"),
        ("PATCH", "/checklist-items/1", "{\"isDone\":null}", 422, "isDone"),
        ("PATCH", "/checklist-items/1", "{\"isDone\":\"yes\"}", 400, "isDone"),
    ];

    [Fact]
    public async Task A_checklist_and_its_items_are_made_changed_checked_deleted_and_restored()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", me, ("Write", me, 1));
        using var caller = await host.CallAsync(me);

        var made = await caller.PostAsync("/tasks/1/checklists", new { name = " Before it goes out " });
        var first = await caller.PostAsync("/checklists/1/items", new { text = "Spelling" });
        await caller.PostAsync("/checklists/1/items", new { text = "Pictures" });
        await caller.PostAsync("/tasks/1/checklists", new { name = "Afterwards" });
        var item = await caller.GetAsync("/checklist-items/1");
        var done = await caller.PatchAsync("/checklist-items/1", new { isDone = true, text = "Spelling and names" }, ("If-Match", item.Header("ETag")!));

        Assert.Equal((HttpStatusCode.Created, "/api/v1/checklists/1", "Before it goes out"), (made.Status, made.Location, made.Json["name"]!.ToString()));
        Assert.Equal((HttpStatusCode.Created, "/api/v1/checklist-items/1", item.Text), (first.Status, first.Location, first.Text));
        Assert.Equal((true, "Spelling and names"), ((bool)done.Json["isDone"]!, done.Json["text"]!.ToString()));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await caller.DeleteAsync("/checklist-items/1", ("If-Match", item.Header("ETag")!))).Status);
        Assert.Equal("Last", (await caller.PatchAsync("/checklists/2", new { name = "Last" })).Json["name"]!.ToString());
        var list = (await caller.GetAsync("/tasks/1/checklists")).Items.ToList();
        Assert.Equal(["Before it goes out", "Last"], list.Select(c => c["name"]!.ToString()));
        Assert.Equal(("Spelling and names, Pictures", 1), (string.Join(", ", list[0]["items"]!.AsArray().Select(i => i!["text"])), (int)list[0]["done"]!));

        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync("/checklist-items/2")).Status);
        Assert.Single((await caller.GetAsync("/checklists/1")).Json["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, (await caller.PostAsync("/checklist-items/2/restore")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync("/checklists/1")).Status);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await caller.GetAsync("/checklists/1")).Status, (await caller.GetAsync("/checklist-items/1")).Status));
        Assert.Equal(2, (await caller.PostAsync("/checklists/1/restore")).Json["items"]!.AsArray().Count);
        Assert.All(
            await host.ReadAsync(db => db.Changes.Where(c => c.Kind == nameof(Checklist) || c.Kind == nameof(ChecklistItem)).ToListAsync()),
            c => Assert.Equal((Via.Api, me.Id, (int?)1), (c.Via, c.PersonId, c.ProjectId)));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_the_name_of_its_field_and_reading_asks_a_fixed_number_of_questions()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", me, ("Write", me, 1));
        using var caller = await host.CallAsync(me);
        await caller.PostAsync("/tasks/1/checklists", new { name = "Before" });
        await caller.PostAsync("/checklists/1/items", new { text = "Spelling" });
        var before = await host.ReadAsync(db => db.Changes.CountAsync());
        foreach (var (method, path, body, status, field) in Refused)
        {
            var answer = await caller.SendAsync(new HttpMethod(method), path, body);

            Assert.True(status == (int)answer.Status && answer.ErrorFields.SequenceEqual([field]), $"{method} {path} {body}: {answer.Text}");
        }

        Assert.Equal(before, await host.ReadAsync(db => db.Changes.CountAsync()));
        var first = await host.CountQueriesAsync(caller, "/tasks/1/checklists");
        await caller.PostAsync("/tasks/1/checklists", new { name = "After" });
        await caller.PostAsync("/checklists/2/items", new { text = "Rest" });
        Assert.Equal((3, 3), (first, await host.CountQueriesAsync(caller, "/tasks/1/checklists")));
    }
}
