using System.Net;
using System.Text;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Imports;

public sealed class ImportsApiTests
{
    [Fact]
    public async Task A_board_is_uploaded_previewed_started_and_reported()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau");
        var other = await host.AddPersonAsync("Tom Baker");
        using var caller = await host.CallAsync(me);
        using var colleague = await host.CallAsync(other);

        var made = await UploadAsync(caller, BoardJson.Read().ToJsonString());
        var address = made.Location!["/api/v1".Length..];
        var people = made.Json["preview"]!["people"]!.AsArray();

        Assert.Equal((HttpStatusCode.Created, "/api/v1/imports/1", "previewed", "Lantern walk", 6), (made.Status, made.Location, made.Json["import"]!["state"]!.ToString(), made.Json["preview"]!["name"]!.ToString(), (int)made.Json["preview"]!["cards"]!));
        Assert.Equal(made.Text, (await caller.GetAsync(address)).Text);
        Assert.Equal(4, people.Count);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync($"{address}/start")).Status);
        foreach (var wrong in new object[] { new { people = new[] { new { id = "nobody", becomesId = (int?)null } } }, new { people = new[] { new { id = people[0]!["id"]!.ToString(), becomesId = (int?)4711 } } } })
        {
            var refused = await caller.PostAsync($"{address}/start", wrong);
            Assert.True(refused.Status == HttpStatusCode.UnprocessableEntity && refused.ErrorFields.SequenceEqual(["people"]), refused.Text);
        }

        Assert.Equal((0, 2), (await host.ReadAsync(db => db.Projects.CountAsync()), await host.ReadAsync(db => db.People.CountAsync())));
        var started = await caller.PostAsync($"{address}/start", new { people = new[] { new { id = people[0]!["id"]!.ToString(), becomesId = other.Id } } });
        Assert.Equal((HttpStatusCode.OK, "running"), (started.Status, started.Json["import"]!["state"]!.ToString()));
        var ended = await EndAsync(caller, address);
        Assert.Equal(("done", 6, 3, 1), (ended.Json["import"]!["state"]!.ToString(), (int)ended.Json["report"]!["tasks"]!, (int)ended.Json["report"]!["comments"]!, (int)ended.Json["import"]!["projectId"]!));
        Assert.Equal(HttpStatusCode.OK, (await caller.PostAsync($"{address}/start")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await caller.DeleteAsync(address)).Status);
        Assert.Equal(5, await host.ReadAsync(db => db.People.CountAsync()));
        Assert.Equal(Via.Import, await host.ReadAsync(db => db.Changes.Where(c => c.Kind == "Project").Select(c => c.Via).FirstAsync()));
    }

    [Fact]
    public async Task What_is_no_board_is_refused_and_what_was_not_started_is_discarded()
    {
        await using var host = await CrmHost.StartAsync();
        using var caller = await host.CallAsync(await host.AddPersonAsync("Inès Moreau"));
        foreach (var wrong in new[] { "", "[]", "{}", "no json" })
        {
            var refused = await UploadAsync(caller, wrong);
            Assert.True(refused.Status == HttpStatusCode.UnprocessableEntity && refused.ErrorFields.SequenceEqual(["file"]), $"{wrong}: {refused.Text}");
        }

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await caller.PostAsync("/imports", new { file = "x" })).Status);
        await UploadAsync(caller, BoardJson.Read().ToJsonString());
        var first = await host.CountQueriesAsync(caller, "/imports");
        await UploadAsync(caller, BoardJson.Read().ToJsonString());
        Assert.Equal((2, 2), (first, await host.CountQueriesAsync(caller, "/imports")));
        Assert.Equal(["2", "1"], (await caller.GetAsync("/imports")).Items.Select(i => i["id"]!.ToString()));
        Assert.Equal(HttpStatusCode.NoContent, (await caller.DeleteAsync("/imports/1")).Status);
        Assert.Equal((HttpStatusCode.NotFound, 1), ((await caller.GetAsync("/imports/1")).Status, Directory.GetFiles(host.Folder.Imports).Length));
        using var outside = await host.CallAsync(await host.AddPersonAsync("Asta Lind", Role.Client));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ((await outside.GetAsync("/imports")).Status, (await UploadAsync(outside, "{}")).Status));
    }

    private static Task<Answer> UploadAsync(Caller caller, string content) =>
        caller.PostAsync("/imports", new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", "board.json" } });

    /// <summary>Looks until the import has ended.</summary>
    private static async Task<Answer> EndAsync(Caller caller, string address)
    {
        while (true)
        {
            var answer = await caller.GetAsync(address);
            if (answer.Json["import"]!["state"]!.ToString() != "running")
            {
                return answer;
            }
        }
    }
}
