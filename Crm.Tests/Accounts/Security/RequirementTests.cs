using System.Net;
using Crm.Accounts;
using Crm.Admin;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounts.Security;

public sealed class RequirementTests
{
    [Fact]
    public async Task Who_has_no_second_factor_is_led_to_set_one_up_before_anything_else_works()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync(Role.Member);
        using var _1 = browser;
        await browser.TokenAsync();
        await RequireAsync(host);

        var page = await browser.GetAsync("/projects");
        var fragment = await browser.GetFragmentAsync("/projects");
        var security = await browser.GetAsync("/profile/security");
        var made = await browser.PostAsync("/projects/new", ("Input.Name", "Museum"));

        Assert.Equal("/profile/security", page.Location);
        Assert.Equal((HttpStatusCode.Forbidden, "/profile/security"), (fragment.Status, fragment.Header("HX-Redirect")));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (security.Status, (await browser.GetAsync("/site.css")).Status));
        Assert.Contains("asks for a second factor", security.TextOf(".callout"), StringComparison.Ordinal);
        Assert.Equal("/profile/security", made.Location);
        Assert.Equal(0, await host.ReadAsync(db => db.Projects.CountAsync()));
        Assert.Equal("/sign-in", (await browser.PostAsync("/sign-out")).Location);
    }

    [Fact]
    public async Task Whoever_sets_one_up_goes_on_and_cannot_take_it_away()
    {
        await using var host = await CrmHost.StartAsync();
        using var browser = (await host.SignInAsync(Role.Member)).Browser;
        await RequireAsync(host);
        var page = await browser.GetAsync("/profile/security/authenticator");
        var key = page.TextOf("code.key")!.Replace(" ", "", StringComparison.Ordinal);

        await browser.PostAsync("/profile/security/authenticator", ("Sealed", page.ValueOf("Sealed")!), ("Code", host.Code(key)));
        var goesOn = (await browser.GetAsync("/projects")).Status;
        var off = await browser.PostAsync("/profile/security?handler=TurnOff");

        Assert.Equal(HttpStatusCode.OK, goesOn);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, off.Status);
        Assert.True(await host.ReadAsync(db => db.People.AnyAsync(p => p.TwoFactorEnabled)));
    }

    [Fact]
    public async Task An_admin_who_asks_for_it_has_one()
    {
        await using var host = await CrmHost.StartAsync();
        using var browser = (await host.SignInAsync()).Browser;
        (string, string)[] form = [("Input.Name", "Harbour"), ("Input.TimeZone", "UTC"), ("Input.Registration", "Invitation"), ("Input.RequireSecondFactor", "true")];

        var without = await browser.PostAsync("/settings", form);
        var before = await host.ReadAsync(db => db.Workspaces.AsNoTracking().SingleAsync());
        await host.ReadAsync(db => db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.HasSecondFactor, true)));
        var with = await browser.PostAsync("/settings", form);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Northlight Studio", false), (without.Status, before.Name, before.RequiresSecondFactor));
        Assert.NotEqual("", without.TextOf("#second-factor-error"));
        Assert.Equal("/settings", with.Location);
        Assert.True(await host.ReadAsync(db => db.Workspaces.AnyAsync(w => w.RequiresSecondFactor)));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/projects")).Status);
    }

    internal static async Task RequireAsync(CrmHost host)
    {
        await host.SaveAsync(db => db.Workspaces.Single().RequireSecondFactor(true));
        host.Services.GetRequiredService<WorkspaceCache>().Forget();
    }
}
