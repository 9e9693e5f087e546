using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Timeline;

public sealed class CommentsApiTests
{
    private static readonly (string Method, string Path, string Body, int Status, string Field)[] Refused =
    [
        ("POST", "/projects/1/comments", "{\"body\":\" \"}", 422, "body"),
        ("POST", "/projects/1/comments", "{\"body\":\"a\",\"replyToId\":99}", 422, "replyToId"),
        ("POST", "/projects/1/comments", "{\"body\":\"a\",\"replyToId\":1,\"audience\":\"clientVisible\"}", 422, "audience"),
        ("POST", "/projects/1/comments", "{\"body\":\"a\",\"audience\":\"everybody\"}", 400, "audience"),
        ("POST", "/tasks/1/comments", "{\"body\":\"a\",\"replyToId\":1}", 422, "replyToId"),
        ("POST", "/tasks/1/comments", "{\"body\":\"a\",\"audience\":\"clientVisible\"}", 422, "audience"),
        ("PATCH", "/comments/1", "{\"body\":null}", 422, "body"),
        ("PATCH", "/comments/1", "{\"body\":\"b\",\"audience\":null}", 422, "audience"),
        ("PATCH", "/comments/2", "{\"audience\":\"clientVisible\"}", 422, "audience"),
        ("PATCH", "/comments/3", "{\"audience\":\"clientVisible\"}", 422, "audience"),
        ("PATCH", "/comments/1", "{\"replyToId\":2}", 400, "replyToId"),
    ];

    [Fact]
    public async Task A_comment_is_posted_answered_edited_shared_deleted_and_restored()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var client = await host.AddPersonAsync("Asta Lind", Role.Client);
        await host.AddProjectAsync("Harbour guide", me);
        using var caller = await host.CallAsync(me);
        using var outside = await host.CallAsync(client);
        await caller.PutAsync($"/projects/1/members/{client.Id}");

        var made = await caller.PostAsync("/projects/1/comments", new { body = "Is the *map* ready? <b>x</b>" });
        var shared = await caller.PatchAsync("/comments/1", new { audience = "clientVisible" }, ("If-Match", made.Header("ETag")!));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var answer = await outside.PostAsync("/projects/1/comments", new { body = "It is", replyToId = 1 });
        var late = await caller.PatchAsync("/comments/1", new { body = "Late" }, ("If-Match", made.Header("ETag")!));
        var edited = await caller.PatchAsync("/comments/1", new { body = "Is the map ready?" });

        Assert.Equal((HttpStatusCode.Created, "/api/v1/comments/1", "teamOnly"), (made.Status, made.Location, made.Json["audience"]!.ToString()));
        Assert.Contains("<em>map</em>", made.Json["html"]!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", made.Json["html"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("clientVisible", shared.Json["audience"]!.ToString());
        Assert.Equal((1, "clientVisible", "Asta Lind", true), ((int)answer.Json["replyToId"]!, answer.Json["audience"]!.ToString(), answer.Json["author"]!["name"]!.ToString(), (bool)answer.Json["isByClient"]!));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "Is the map ready?", true), (late.Status, edited.Json["body"]!.ToString(), edited.Json["editedAt"] is not null));

        Assert.Equal(["It is", "Is the map ready?"], (await caller.GetAsync("/projects/1/comments?sort=newest")).Items.Select(c => c["body"]!.ToString()));
        Assert.Equal(["Is the map ready?", "It is"], (await outside.GetAsync("/projects/1/comments")).Items.Select(c => c["body"]!.ToString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await outside.DeleteAsync("/comments/1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await outside.PatchAsync("/comments/2", new { audience = "teamOnly" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.PatchAsync("/comments/2", new { body = "It is not" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync("/comments/2")).Status);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), ((await outside.GetAsync("/comments/2")).Status, (await outside.PostAsync("/comments/2/restore")).Status));
        Assert.Single((await caller.GetAsync("/projects/1/comments")).Items);
        Assert.Equal("It is", (await caller.PostAsync("/comments/2/restore")).Json["body"]!.ToString());
        Assert.All(await host.ReadAsync(db => db.Changes.Where(c => c.Kind == nameof(Interaction)).ToListAsync()), c => Assert.Equal(Via.Api, c.Via));

        await caller.DeleteAsync("/comments/1");
        host.Time.Advance(TimeSpan.FromDays(31));
        using var later = await host.CallAsync(me);
        Assert.Equal(HttpStatusCode.Gone, (await later.PostAsync("/comments/1/restore")).Status);
    }

    [Fact]
    public async Task Clients_read_what_is_shown_to_them_and_no_more()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var client = await host.AddPersonAsync("Asta Lind", Role.Client);
        await host.AddProjectAsync("Harbour guide", me, ("Write", me, 1));
        using var caller = await host.CallAsync(me);
        using var outside = await host.CallAsync(client);
        await caller.PutAsync($"/projects/1/members/{client.Id}");
        await caller.PatchAsync("/tasks/1", new { audience = "clientVisible" });
        await caller.PostAsync("/tasks/1/comments", new { body = "Inside" });
        await caller.PostAsync("/tasks/1/comments", new { body = "Shown", audience = "clientVisible" });

        Assert.Equal(["Shown"], (await outside.GetAsync("/tasks/1/comments")).Items.Select(c => c["body"]!.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await outside.GetAsync("/comments/1")).Status);
        Assert.Equal(["audience"], (await outside.PostAsync("/tasks/1/comments", new { body = "Secret", audience = "teamOnly" })).ErrorFields);
        Assert.Equal(["replyToId"], (await outside.PostAsync("/tasks/1/comments", new { body = "Really?", replyToId = 1 })).ErrorFields);
        await caller.PatchAsync("/tasks/1", new { audience = "teamOnly" });
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await outside.GetAsync("/tasks/1/comments")).Status, (await outside.GetAsync("/comments/2")).Status));
        Assert.Equal(2, await host.ReadAsync(db => db.Interactions.CountAsync()));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_the_name_of_its_field_and_reading_asks_a_fixed_number_of_questions()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", me, ("Write", me, 1));
        using var caller = await host.CallAsync(me);
        await caller.PostAsync("/projects/1/comments", new { body = "Said" });
        await caller.PostAsync("/projects/1/comments", new { body = "Answered", replyToId = 1 });
        await caller.PostAsync("/tasks/1/comments", new { body = "Of the task" });
        var before = await host.ReadAsync(db => db.Changes.CountAsync());
        foreach (var (method, path, body, status, field) in Refused)
        {
            var answer = await caller.SendAsync(new HttpMethod(method), path, body);

            Assert.True(status == (int)answer.Status && answer.ErrorFields.SequenceEqual([field]), $"{method} {path} {body}: {answer.Text}");
        }

        Assert.Equal((3, before), (await host.ReadAsync(db => db.Interactions.CountAsync()), await host.ReadAsync(db => db.Changes.CountAsync())));
        foreach (var path in new[] { "/projects/1/comments", "/tasks/1/comments" })
        {
            var first = await host.CountQueriesAsync(caller, path);
            await caller.PostAsync(path, new { body = "One more" });
            Assert.Equal((3, 3), (first, await host.CountQueriesAsync(caller, path)));
        }
    }
}
