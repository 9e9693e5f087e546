using System.Net;
using Crm.Accounts;
using Crm.Tests.Accounts.Security;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts.Tokens;

/// <summary>Signing in over the API.</summary>
public sealed class CallSignInTests
{
    [Fact]
    public async Task A_program_signs_in_works_and_signs_out_again()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var stranger = await host.CallAsync();

        var answer = await LoginAsync(stranger);
        var token = answer.Json["accessToken"]!.ToString();
        using var program = host.CallWith(token);
        var me = await program.GetAsync("/auth/me");
        using var browser = await host.VisitAsync(ines);
        var listed = await browser.GetAsync("/profile/sessions");
        var gone = await program.PostAsync("/auth/logout");
        var after = await program.GetAsync("/auth/me");

        Assert.Equal((HttpStatusCode.OK, "Bearer", 900, 30 * 86_400), (answer.Status, answer.Json["tokenType"]!.ToString(), (int)answer.Json["expiresIn"]!, (int)answer.Json["refreshExpiresIn"]!));
        Assert.Equal(("no-store", null), (answer.Header("Cache-Control"), answer.Header("Set-Cookie")));
        Assert.Equal(("Inès Moreau", "admin", "session", "write"), (me.Json["name"]!.ToString(), me.Json["role"]!.ToString(), me.Json["kind"]!.ToString(), me.Json["scope"]!.ToString()));
        Assert.Equal(host.Now.AddMinutes(15), me.Json["expiresAt"]!.GetValue<DateTime>().ToUniversalTime());
        Assert.Contains("Program", listed.Html.QuerySelectorAll("tr[id^=session-] .tag").Select(t => t.TextContent));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Unauthorized, """Bearer error="invalid_token" """.Trim()), (gone.Status, after.Status, after.Header("WWW-Authenticate")));
        Assert.False(await host.ReadAsync(db => db.Sessions.AnyAsync(s => s.AccessHash != null)));
        Assert.Equal([(SignInOutcome.SignedIn, SignInMethod.Password)], await host.ReadAsync(db => db.SignIns.Select(e => ValueTuple.Create(e.Outcome, e.Method)).ToListAsync()));
        await using var copy = File.OpenRead(host.Folder.Database);
        Assert.DoesNotContain(token, await new StreamReader(copy, System.Text.Encoding.Latin1).ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_learns_what_was_wrong_or_who_is_here()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        var tom = await host.AddPersonAsync("Tom Baker", email: "tom@example.com");
        await host.SaveAsync(db => db.People.Single(p => p.Id == tom.Id).Disable(host.Now));
        using var stranger = await host.CallAsync();
        var refusals = new List<(HttpStatusCode, string, string?, int)>();
        await LoginAsync(stranger, password: "wrong");
        foreach (var (email, password) in new[] { ("ines@example.com", "wrong"), ("nobody@example.com", "wrong"), ("tom@example.com", "wrong"), ("tom@example.com", CrmHost.Password) })
        {
            host.Queries.Clear();
            var answer = await LoginAsync(stranger, email, password);
            refusals.Add((answer.Status, answer.Json["detail"]!.ToString(), answer.Header("WWW-Authenticate"), host.Queries.Commands.Count));
        }

        Assert.Single(refusals.Distinct());
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (refusals[0].Item1, refusals[0].Item3));
        Assert.Equal(0, await host.ReadAsync(db => db.Sessions.CountAsync()));
        var empty = await stranger.PostAsync("/auth/login", new { email = "ines@example.com" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "password"), (empty.Status, Assert.Single(empty.ErrorFields)));
    }

    [Fact]
    public async Task Whoever_has_a_second_factor_gives_it_too()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        var (key, codes) = await host.AddAuthenticatorAsync(ines);
        await RequirementTests.RequireAsync(host);
        using var stranger = await host.CallAsync();

        var asked = await LoginAsync(stranger);
        var guessed = await LoginAsync(stranger, password: "wrong", code: host.Code(key));
        var wrong = await LoginAsync(stranger, code: "000000");
        var before = await host.ReadAsync(db => db.Sessions.CountAsync());
        var good = await LoginAsync(stranger, code: host.Code(key));
        var again = await LoginAsync(stranger, code: host.Code(key));
        var recovered = await LoginAsync(stranger, recoveryCode: codes[0]);
        var reused = await LoginAsync(stranger, recoveryCode: codes[0]);

        Assert.Equal((HttpStatusCode.Unauthorized, "code"), (asked.Status, Assert.Single(asked.ErrorFields)));
        Assert.Equal(HttpStatusCode.Unauthorized, guessed.Status);
        Assert.Empty(guessed.ErrorFields);
        Assert.Equal((HttpStatusCode.Unauthorized, "code", 0), (wrong.Status, Assert.Single(wrong.ErrorFields), before));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (good.Status, again.Status));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, "recoveryCode"), (recovered.Status, reused.Status, Assert.Single(reused.ErrorFields)));
        using var program = host.CallWith(good.Json["accessToken"]!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/projects")).Status);
        Assert.Equal([SignInMethod.AuthenticatorCode, SignInMethod.RecoveryCode], await host.ReadAsync(db => db.Sessions.OrderBy(s => s.Id).Select(s => s.Method).ToListAsync()));
    }

    [Fact]
    public async Task Where_a_second_factor_is_required_nothing_works_without()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        await RequirementTests.RequireAsync(host);
        using var stranger = await host.CallAsync();
        using var program = host.CallWith((await LoginAsync(stranger)).Json["accessToken"]!.ToString());

        var read = await program.GetAsync("/projects");
        var written = await program.PostAsync("/projects", new { name = "Museum" });

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, 0), (read.Status, written.Status, await host.ReadAsync(db => db.Projects.CountAsync())));
        Assert.Contains("second factor", read.Json["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await program.PostAsync("/auth/logout")).Status);
    }

    [Fact]
    public async Task Tries_on_the_page_and_over_the_api_count_together()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Limits:Forms"] = "0");
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var stranger = await host.CallAsync();
        using var visitor = await host.VisitAsync();
        for (var i = 0; i < AccountLimits.TriesPerAccount / 2; i++)
        {
            await LoginAsync(stranger, password: "wrong");
            await visitor.PostAsync("/sign-in", ("Email", "ines@example.com"), ("Password", "wrong"));
        }

        var throttled = await LoginAsync(stranger);
        var page = await visitor.PostAsync("/sign-in", ("Email", "ines@example.com"), ("Password", CrmHost.Password));
        await Task.WhenAll(Enumerable.Range(0, AccountLimits.TriesPerAddress).Select(_ => LoginAsync(stranger)));
        var waits = await LoginAsync(stranger, "nobody@example.com");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.UnprocessableEntity), (throttled.Status, page.Status));
        Assert.Equal((HttpStatusCode.TooManyRequests, "900"), (waits.Status, waits.Header("Retry-After")));
        Assert.Equal(0, await host.ReadAsync(db => db.Sessions.CountAsync()));
    }

    [Fact]
    public async Task A_program_that_was_not_known_is_told_of_by_mail_once()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var stranger = await host.CallAsync();

        await LoginAsync(stranger);
        await LoginAsync(stranger);

        Assert.Contains("New sign-in", Assert.Single(host.Mail()).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_workspace_is_set_up_a_program_is_told_so()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        using var stranger = await host.CallAsync();

        var answer = await LoginAsync(stranger);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Contains("set this workspace up", answer.Json["detail"]!.ToString(), StringComparison.Ordinal);
    }

    internal static Task<Answer> LoginAsync(Caller caller, string email = "ines@example.com", string password = CrmHost.Password, string? code = null, string? recoveryCode = null) =>
        caller.PostAsync("/auth/login", new { email, password, code, recoveryCode });
}
