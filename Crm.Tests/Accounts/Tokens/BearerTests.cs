using System.Net;
using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Tests.Accounts.Matrix;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts.Tokens;

/// <summary>Calls with a token, whichever it is.</summary>
public sealed class BearerTests
{
    [Fact]
    public async Task A_header_decides_alone_and_nothing_else_carries_a_token()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var token = await host.AddTokenAsync(ines, TokenScope.Write);
        using var browser = await host.VisitAsync(ines);
        using var stranger = await host.VisitAsync();
        foreach (var header in new[] { "Bearer nonsense", "Bearer", "Basic aW5lczp4", $"Token {token}", token })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
            request.Headers.TryAddWithoutValidation("Authorization", header);
            var answer = await browser.SendAsync(request);
            Assert.Equal((HttpStatusCode.Unauthorized, """Bearer error="invalid_token" """.Trim(), "application/problem+json"), (answer.Status, answer.Header("WWW-Authenticate"), answer.Header("Content-Type")));
        }

        foreach (var path in new[] { $"/api/v1/auth/me?access_token={token}", $"/api/v1/auth/me?token={token}" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(path)).Status);
        }

        var page = new HttpRequestMessage(HttpMethod.Get, "/projects");
        page.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        Assert.Equal(HttpStatusCode.Found, (await stranger.SendAsync(page)).Status);
        using var program = host.CallWith(token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await browser.GetAsync("/api/v1/auth/me")).Status, (await program.GetAsync("/auth/me")).Status));
    }

    [Theory]
    [InlineData("password", true, false)]
    [InlineData("ended elsewhere", true, false)]
    [InlineData("all others ended", true, false)]
    [InlineData("ended by an admin", true, false)]
    [InlineData("role", true, false)]
    [InlineData("e-mail", true, true)]
    [InlineData("disabled", true, true)]
    [InlineData("deleted", true, true)]
    public async Task What_ends_the_sessions_of_browsers_ends_those_of_programs(string what, bool endsSession, bool endsToken)
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync(name: "Asta Lind")).Browser;
        var (own, tom) = await host.SignInAsync(Role.Member, "Tom Baker");
        using var _ = own;
        using var program = await host.CallAsync(tom);
        using var script = host.CallWith(await host.AddTokenAsync(tom, TokenScope.Write));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await program.GetAsync("/auth/me")).Status, (await script.GetAsync("/auth/me")).Status));
        var theirs = await host.ReadAsync(db => db.Sessions.Where(s => s.AccessHash != null).MaxAsync(s => s.Id));

        var answer = what switch
        {
            "password" => await own.PostAsync("/profile/password", ("Password.Present", CrmHost.Password), ("Password.New", "staple battery horse")),
            "ended elsewhere" => await own.PostAsync($"/profile/sessions?handler=End&session={theirs}"),
            "all others ended" => await own.PostAsync("/profile/sessions?handler=EndOthers"),
            "ended by an admin" => await admin.PostAsync($"/people/{tom.Id}/sessions?handler=EndAll"),
            "disabled" => await admin.PostAsync($"/people/{tom.Id}/leave/disable"),
            "deleted" => await admin.PostAsync($"/people/{tom.Id}/leave/delete", ("Name", "Tom Baker")),
            _ => await admin.PostAsync($"/people/{tom.Id}", ("Input.Name", "Tom Baker"), ("Input.Email", what == "e-mail" ? "tom@elsewhere.example" : tom.Email!), ("Input.Role", what == "role" ? "Client" : "Member")),
        };

        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.Equal(endsSession ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, (await program.GetAsync("/auth/me")).Status);
        var after = await script.GetAsync("/auth/me");
        Assert.Equal(endsToken ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, after.Status);
        Assert.Equal(!endsToken, await host.ReadAsync(db => db.PersonalTokens.AnyAsync()));
        if (what == "role")
        {
            Assert.Equal(("client", HttpStatusCode.Forbidden), (after.Json["role"]!.ToString(), (await script.PostAsync("/projects", new { name = "Museum" })).Status));
        }
    }

    [Fact]
    public async Task A_token_that_may_read_changes_nothing_at_any_endpoint()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.AddProjectAsync("Harbour guide", ines);
        using var program = host.CallWith(await host.AddTokenAsync(ines, TokenScope.Read));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/projects/1")).Status);
        await using var database = await MatrixDatabase.OpenAsync(host);
        var writing = (await GuardedEndpoint.AllAsync(host)).Where(e => e.IsApi && e.Method is not ("GET" or "HEAD")).ToList();
        foreach (var endpoint in writing)
        {
            var (address, _) = endpoint.Address(1, MatrixEntries.ParametersOf(endpoint));
            var answer = await program.SendAsync(new HttpMethod(endpoint.Method), address!["/api/v1".Length..], MatrixEntries.BodyOf(endpoint));
            Assert.True(answer.Status == HttpStatusCode.Forbidden && answer.Json["detail"]!.ToString().Contains("may only read", StringComparison.Ordinal), $"{endpoint.Name}: {answer.Text}");
        }

        Assert.False(await database.HasChangedAsync());
        Assert.True(writing.Count >= 8);
    }

    [Fact]
    public async Task Who_calls_is_read_when_anything_was_written_and_noted_every_five_minutes()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        using var program = host.CallWith(await host.AddTokenAsync(ines, TokenScope.Read));
        await program.GetAsync("/projects");
        host.Time.Advance(TimeSpan.FromMinutes(2));
        host.Queries.Clear();
        await program.GetAsync("/projects");
        Assert.Equal(2, host.Queries.Commands.Count);
        await program.GetAsync("/projects");
        Assert.Equal(3, host.Queries.Commands.Count);
        await host.AddPersonAsync("Tom Baker");
        host.Queries.Clear();
        await program.GetAsync("/projects");

        Assert.Equal(2, host.Queries.Commands.Count);
        Assert.Equal((host.Now.AddMinutes(-2), "127.0.0.1"), await host.ReadAsync(db => db.PersonalTokens.Select(t => ValueTuple.Create(t.LastUsedAt!.Value, t.LastAddress)).SingleAsync()));
        host.Time.Advance(TimeSpan.FromMinutes(4));
        await using (await host.WriteAsync())
        {
            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/projects")).Status);
        }

        host.Time.Advance(TimeSpan.FromMinutes(2));
        await program.GetAsync("/projects");
        Assert.Equal(host.Now, (await host.ReadAsync(db => db.PersonalTokens.SingleAsync())).LastUsedAt);
    }
}
