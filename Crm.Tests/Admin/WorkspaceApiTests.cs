using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Admin;

public sealed class WorkspaceApiTests
{
    [Fact]
    public async Task Admins_read_and_change_the_settings_under_the_rules_of_the_page()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = await host.CallAsync(await host.AddPersonAsync("Inès Moreau", Role.Admin));
        using var member = await host.CallAsync(await host.AddPersonAsync("Tom Baker"));
        var seen = await admin.GetAsync("/workspace");

        var changed = await admin.PatchAsync("/workspace", new { name = "Harbour", timeZone = "Europe/Paris", address = "https://crm.example/" }, ("If-Match", seen.Header("ETag")!));
        var late = await admin.PatchAsync("/workspace", new { name = "Museum" }, ("If-Match", seen.Header("ETag")!));
        var wrong = await admin.PatchAsync("/workspace", new { name = "", timeZone = "Mars", address = "ftp://x" });
        var alone = await admin.PatchAsync("/workspace", new { requiresSecondFactor = true });
        var without = await admin.PatchAsync("/workspace", new { address = (string?)null, registration = "closed" });
        await host.ReadAsync(db => db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.HasSecondFactor, true)));
        host.Time.Advance(Confirmation.Lifetime + TimeSpan.FromSeconds(1));
        var stale = await admin.PatchAsync("/workspace", new { requiresSecondFactor = true });

        Assert.Equal((HttpStatusCode.OK, "Harbour", "https://crm.example", 2), (changed.Status, changed.Json["name"]!.ToString(), changed.Json["address"]!.ToString(), (int)changed.Json["version"]!));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "name timeZone address"), (late.Status, string.Join(' ', wrong.ErrorFields)));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "requiresSecondFactor", HttpStatusCode.Forbidden), (alone.Status, Assert.Single(alone.ErrorFields), stale.Status));
        Assert.Equal((HttpStatusCode.OK, "closed"), (without.Status, without.Json["registration"]!.ToString()));
        Assert.Null(without.Json["address"]);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ((await member.GetAsync("/workspace")).Status, (await member.PatchAsync("/workspace", new { name = "x" })).Status));
        Assert.Equal(("Harbour", false), await host.ReadAsync(db => db.Workspaces.Select(w => ValueTuple.Create(w.Name, w.RequiresSecondFactor)).SingleAsync()));
    }
}
