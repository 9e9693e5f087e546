using System.Net;
using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Tests.Accounts.Security;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts.Tokens;

public sealed class PersonalTokenTests
{
    [Fact]
    public async Task A_token_is_made_on_the_page_shown_once_used_and_revoked()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var (browser, ines) = await host.SignInAsync();
        using var _ = browser;

        var made = await browser.PostAsync("/profile/tokens/new", ("Input.Name", "Nightly export"), ("Input.Scope", "Read"), ("Input.ExpiresInDays", "90"));
        var shown = await browser.GetAsync(made.Location!);
        var again = await browser.GetAsync(made.Location!);
        var secret = shown.Html.QuerySelector(".code-box input")!.GetAttribute("value")!;
        using var program = host.CallWith(secret);
        var me = await program.GetAsync("/auth/me");
        var list = await browser.GetAsync("/profile/tokens");

        Assert.Equal(("/profile/tokens/made", "no-store"), (made.Location, shown.Header("Cache-Control")!.Split(',')[0]));
        Assert.StartsWith("crm_pat_", secret, StringComparison.Ordinal);
        Assert.Null(again.Html.QuerySelector(".code-box"));
        Assert.Equal(("token", "read", null), (me.Json["kind"]!.ToString(), me.Json["scope"]!.ToString(), me.Json["confirmedAt"]?.ToString()));
        Assert.Equal(host.Now.AddDays(90), me.Json["expiresAt"]!.GetValue<DateTime>().ToUniversalTime());
        Assert.Contains("Nightly export", list.TextOf("tr[id^=token-] th"), StringComparison.Ordinal);
        Assert.Contains(secret[^4..], list.TextOf("tr[id^=token-] th"), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", list.TextOf("tr[id^=token-] [data-label='Last used']"), StringComparison.Ordinal);
        Assert.Contains(host.Mail(), m => m.Subject == "A personal access token was made");

        Assert.Equal(HttpStatusCode.OK, (await browser.PostFragmentAsync("/profile/tokens?handler=Revoke&token=1")).Status);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.NotFound), ((await program.GetAsync("/auth/me")).Status, (await browser.PostAsync("/profile/tokens?handler=Revoke&token=1")).Status));
        var changes = await host.ReadAsync(db => db.Changes.Where(c => c.Field == nameof(PersonalToken)).OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([(null, "Nightly export"), ("Nightly export", null)], changes.Select(c => (c.From, c.To)));
        Assert.All(changes, c => Assert.Equal((nameof(Person), ines.Id, ines.Id), (c.Kind, c.RecordId, c.PersonId!.Value)));
    }

    [Fact]
    public async Task Making_one_asks_who_it_is_and_no_token_makes_another()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, ines) = await host.SignInAsync();
        using var _ = browser;
        using var program = await host.CallAsync(ines);
        var input = new { name = "Export", scope = "read", expiresInDays = 366 };

        var made = await program.PostAsync("/auth/tokens", input, ("Idempotency-Key", "a"));
        var repeated = await program.PostAsync("/auth/tokens", input, ("Idempotency-Key", "a"));
        using var script = host.CallWith(await host.AddTokenAsync(ines, TokenScope.Write));
        var byToken = await script.PostAsync("/auth/tokens", input);
        host.Time.Advance(Confirmation.Lifetime + TimeSpan.FromSeconds(1));
        var late = await program.PostAsync("/auth/tokens", input);
        var page = await browser.GetAsync("/profile/tokens/new");
        var posted = await browser.PostAsync("/profile/tokens/new", ("Input.Name", "Export"), ("Input.Scope", "Read"), ("Input.ExpiresInDays", "7"));

        Assert.Equal((HttpStatusCode.Created, "no-store"), (made.Status, made.Header("Cache-Control")));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (repeated.Status, byToken.Status, late.Status));
        Assert.StartsWith("/confirm", page.Location, StringComparison.Ordinal);
        Assert.StartsWith("/confirm", posted.Location, StringComparison.Ordinal);
        Assert.Equal(2, await host.ReadAsync(db => db.PersonalTokens.CountAsync()));
        Assert.DoesNotContain(made.Json["token"]!.ToString(), (await program.GetAsync("/auth/tokens")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_others_tokens_are_not_there()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var tom = await host.AddPersonAsync("Tom Baker");
        await host.AddTokenAsync(tom, TokenScope.Write);
        using var program = await host.CallAsync(ines);
        foreach (var (body, field, status) in new (object, string, int)[]
        {
            (new { scope = "read" }, "name", 422),
            (new { name = "x", expiresInDays = 0 }, "expiresInDays", 422),
            (new { name = "x", expiresInDays = 367 }, "expiresInDays", 422),
            (new { name = new string('x', 81) }, "name", 422),
            (new { name = "x", scope = "all" }, "scope", 400),
        })
        {
            var answer = await program.PostAsync("/auth/tokens", body);
            Assert.Equal((status, field), ((int)answer.Status, Assert.Single(answer.ErrorFields)));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await program.DeleteAsync("/auth/tokens/1")).Status);
        Assert.Empty((await program.GetAsync("/auth/tokens")).Items);
        Assert.Equal(1, await host.ReadAsync(db => db.PersonalTokens.CountAsync()));
        for (var i = 0; i < PersonalToken.Most; i++)
        {
            await host.AddTokenAsync(ines, TokenScope.Read);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await program.PostAsync("/auth/tokens", new { name = "x" })).Status);
    }

    [Fact]
    public async Task A_token_expires_and_is_as_strong_as_the_session_that_made_it()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        using var weak = host.CallWith(await host.AddTokenAsync(ines, TokenScope.Read, days: 7));
        using var strong = host.CallWith(await host.AddTokenAsync(ines, TokenScope.Read, days: 8, hasSecondFactor: true));
        await RequirementTests.RequireAsync(host);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), ((await weak.GetAsync("/projects")).Status, (await strong.GetAsync("/projects")).Status));
        host.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), ((await weak.GetAsync("/projects")).Status, (await strong.GetAsync("/projects")).Status));
    }

    [Fact]
    public async Task A_token_that_is_just_in_use_ends_on_the_second()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        host.Time.Advance(TimeSpan.FromSeconds(30));
        using var program = host.CallWith(await host.AddTokenAsync(ines, TokenScope.Read, days: 7));
        host.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(10));

        var statuses = new[] { (await program.GetAsync("/projects")).Status, (await program.GetAsync("/projects")).Status };
        host.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], statuses);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/projects")).Status);
    }

    [Fact]
    public async Task An_admin_sees_the_tokens_of_somebody_and_revokes_them()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        using var admin = (await host.SignInAsync()).Browser;
        var tom = await host.AddPersonAsync("Tom Baker");
        using var script = host.CallWith(await host.AddTokenAsync(tom, TokenScope.Write));

        var page = await admin.GetAsync($"/people/{tom.Id}/sessions");
        var revoked = await admin.PostAsync($"/people/{tom.Id}/sessions?handler=Revoke&token=1");

        Assert.Contains("Export", page.TextOf("#token-1 th"), StringComparison.Ordinal);
        Assert.Equal($"/people/{tom.Id}/sessions", revoked.Location);
        Assert.Equal(HttpStatusCode.Unauthorized, (await script.GetAsync("/auth/me")).Status);
        Assert.Contains(host.Mail(), m => m.Subject == "A personal access token was revoked");
    }

    [Fact]
    public async Task Neither_a_link_to_a_new_password_nor_an_old_backup_leaves_what_was_lost_alive()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, ines) = await host.SignInAsync();
        using var _ = browser;
        using var kept = host.CallWith(await host.AddTokenAsync(ines, TokenScope.Read));
        using var revoked = host.CallWith(await host.AddTokenAsync(ines, TokenScope.Read));
        var tom = await host.AddPersonAsync("Tom Baker");
        using var toms = host.CallWith(await host.AddTokenAsync(tom, TokenScope.Write));
        await browser.PostAsync("/backups?handler=Take");
        var name = Path.GetFileName(Assert.Single(Directory.GetFiles(host.Folder.Snapshots, "*manual*")));
        await browser.PostAsync("/profile/tokens?handler=Revoke&token=2");
        var made = await browser.PostAsync($"/people/{tom.Id}?handler=ResetLink");
        var link = new Uri((await browser.GetAsync(made.Location!)).Html.QuerySelector(".code-box input")!.GetAttribute("value")!).AbsolutePath;
        using var stranger = await host.VisitAsync();
        await stranger.PostAsync(link, ("Password", "staple battery horse"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await toms.GetAsync("/auth/me")).Status);

        var restored = await browser.PostAsync($"/backups/{name}");

        Assert.Equal("/sign-in", restored.Location);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), ((await kept.GetAsync("/auth/me")).Status, (await revoked.GetAsync("/auth/me")).Status, (await toms.GetAsync("/auth/me")).Status));
    }
}
