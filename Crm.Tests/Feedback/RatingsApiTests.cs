using System.Net;
using Crm.Accounts;
using Crm.Feedback;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Feedback;

public sealed class RatingsApiTests
{
    [Fact]
    public async Task A_project_is_rated_once_by_each_and_a_rating_is_changed_withdrawn_and_restored()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var tom = await host.AddPersonAsync("Tom Baker");
        await host.AddProjectAsync("Harbour guide", me);
        using var caller = await host.CallAsync(me);
        using var other = await host.CallAsync(tom);

        var made = await caller.PutAsync("/projects/1/rating", new { stars = 4, comment = "Good so far" });
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await other.PutAsync("/projects/1/rating", new { stars = 2 });
        var changed = await caller.PutAsync("/projects/1/rating", new { stars = 5 }, ("If-Match", made.Header("ETag")!));
        var late = await caller.PutAsync("/projects/1/rating", new { stars = 1 }, ("If-Match", made.Header("ETag")!));

        Assert.Equal((HttpStatusCode.Created, "/api/v1/ratings/1", "Good so far"), (made.Status, made.Location, made.Json["comment"]!.ToString()));
        Assert.Equal((HttpStatusCode.OK, 5, ""), (changed.Status, (int)changed.Json["stars"]!, changed.Json["comment"]!.ToString()));
        Assert.Equal((HttpStatusCode.PreconditionFailed, changed.Text), (late.Status, (await other.GetAsync("/ratings/1")).Text));
        Assert.Equal(["Tom Baker"], (await caller.GetAsync("/projects/1/ratings?stars=2")).Items.Select(r => r["person"]!["name"]!.ToString()));
        Assert.Equal(["Inès Moreau"], (await caller.GetAsync("/projects/1/ratings?person=me")).Items.Select(r => r["person"]!["name"]!.ToString()));
        var summary = (await caller.GetAsync("/projects/1/ratings/summary")).Json;
        Assert.Equal((3.5, 2, 1), ((double)summary["average"]!, (int)summary["count"]!, (int)summary["stars"]![4]!["count"]!));

        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync("/projects/1/rating")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync("/projects/1/rating")).Status);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await caller.GetAsync("/ratings/1")).Status, (await other.PostAsync("/ratings/1/restore")).Status));
        Assert.Equal(5, (int)(await caller.PostAsync("/ratings/1/restore")).Json["stars"]!);
        Assert.Equal(2, (await caller.GetAsync("/projects/1/ratings")).Items.Count());
        Assert.All(await host.ReadAsync(db => db.Changes.Where(c => c.Kind == nameof(Rating)).ToListAsync()), c => Assert.Equal(Via.Api, c.Via));
    }

    [Fact]
    public async Task Clients_and_what_is_no_rating_are_refused_and_reading_asks_a_fixed_number_of_questions()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var client = await host.AddPersonAsync("Asta Lind", Role.Client);
        await host.AddProjectAsync("Harbour guide", me);
        using var caller = await host.CallAsync(me);
        using var outside = await host.CallAsync(client);
        await caller.PutAsync($"/projects/1/members/{client.Id}");
        foreach (var (body, status, field) in new[] { ("{}", 422, "stars"), ("{\"stars\":6}", 422, "stars"), ("{\"stars\":0}", 422, "stars"), ("{\"stars\":4.5}", 400, "stars"), ("{\"stars\":4,\"comment\":\"a\\u0007\"}", 422, "comment") })
        {
            var answer = await caller.PutAsync("/projects/1/rating", body);
            Assert.True(status == (int)answer.Status && answer.ErrorFields.SequenceEqual([field]), $"{body}: {answer.Text}");
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await outside.PutAsync("/projects/1/rating", new { stars = 5 })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await outside.GetAsync("/projects/1/ratings")).Status);
        Assert.Equal(0, await host.ReadAsync(db => db.Ratings.IgnoreQueryFilters().CountAsync()));
        await caller.PutAsync("/projects/1/rating", new { stars = 5 });
        var first = await host.CountQueriesAsync(caller, "/projects/1/ratings");
        using var other = await host.CallAsync(await host.AddPersonAsync("Tom Baker"));
        await other.PutAsync("/projects/1/rating", new { stars = 3 });
        Assert.Equal((3, 3), (first, await host.CountQueriesAsync(caller, "/projects/1/ratings")));
    }
}
