using System.Net;
using System.Text;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Admin;

public sealed class BackupsApiTests
{
    [Fact]
    public async Task A_backup_is_taken_listed_and_downloaded_by_an_admin_who_has_just_proved_who_they_are()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        using var caller = await host.CallAsync(me);
        using var member = await host.CallAsync(await host.AddPersonAsync("Tom Baker"));

        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostAsync("/backups")).Status);
        Assert.Empty((await caller.GetAsync("/backups")).Items);
        var taken = await caller.PostAsync("/backups");
        var address = taken.Location!["/api/v1".Length..];
        var file = await caller.GetAsync($"{address}/content");

        Assert.Equal((HttpStatusCode.Created, "manual", "2026-06-01T09:00:00Z"), (taken.Status, taken.Json["kind"]!.ToString(), taken.Json["at"]!.ToString()));
        Assert.Equal(taken.Json["name"]!.ToString(), Assert.Single((await caller.GetAsync("/backups")).Items)["name"]!.ToString());
        Assert.Equal(taken.Text, (await caller.GetAsync(address)).Text);
        Assert.StartsWith("SQLite format 3", Encoding.ASCII.GetString(file.Body, 0, 16), StringComparison.Ordinal);
        Assert.Contains("attachment", file.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync("/backups/none/content")).Status);
        Assert.Equal((Via.Api, me.Id), await host.ReadAsync(db => db.Changes.Where(c => c.Field == "Backup").Select(c => new ValueTuple<Via, int>(c.Via, c.PersonId!.Value)).SingleAsync()));

        host.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.GetAsync($"{address}/content")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"{address}/content")).Status);
        Assert.Equal(1, await host.ReadAsync(db => db.Changes.CountAsync(c => c.Field == "Backup")));
    }
}
