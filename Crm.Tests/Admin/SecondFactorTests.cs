using System.Net;
using Crm.Accounts;
using Crm.Tests.Accounts.Security;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Admin;

public sealed class SecondFactorTests
{
    [Fact]
    public async Task An_admin_helps_in_who_has_lost_everything_and_nobody_else_does()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var (admin, me) = await host.SignInAsync();
        using var _ = admin;
        using var member = (await host.SignInAsync(Role.Member, "Sam King")).Browser;
        var tom = await host.AddPersonAsync("Tom Baker");
        await host.AddAuthenticatorAsync(tom);
        await host.AddAuthenticatorAsync(me);
        using var phone = await host.VisitAsync(tom);

        var refused = await member.PostAsync($"/people/{tom.Id}/second-factor");
        var own = await admin.PostAsync($"/people/{me.Id}/second-factor");
        var nobody = await admin.PostAsync("/people/999/second-factor");
        var before = await host.ReadAsync(db => db.People.CountAsync(p => p.TwoFactorEnabled));
        var done = await admin.PostAsync($"/people/{tom.Id}/second-factor");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, 2), (refused.Status, own.Status, nobody.Status, before));
        Assert.Equal($"/people/{tom.Id}", done.Location);
        Assert.False(await host.ReadAsync(db => db.UserTokens.AnyAsync(t => t.UserId == tom.Id)));
        Assert.Equal(HttpStatusCode.Found, (await phone.GetAsync("/profile")).Status);
        Assert.Equal("/projects", (await phone.GivePasswordAsync(tom)).Location);
        Assert.Contains(host.Mail(), m => m.Subject == "Your second factor was taken away");
    }
}
