using System.Net;
using Crm.Tests.Host;
using Crm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Crm.Tests.Web;

public sealed class ProxyTests
{
    [Theory]
    [InlineData("Proxy:Addresses", "127.0.0.1", "https crm.example 203.0.113.9")]
    [InlineData("Proxy:Networks", "10.0.0.0/8, 127.0.0.0/8", "https crm.example 203.0.113.9")]
    [InlineData("Proxy:Addresses", "192.0.2.1", "http 127.0.0.1 127.0.0.1")]
    [InlineData("PublicUrl", "", "http 127.0.0.1 127.0.0.1")]
    public async Task Only_a_proxy_that_the_settings_name_is_believed(string setting, string value, string seen)
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration[setting] = value, map: MapSeen);
        using var visitor = await host.VisitAsync();

        Assert.Equal(seen, (await visitor.SendAsync(Forwarded("/seen"))).Text);
    }

    [Fact]
    public async Task Of_several_addresses_only_the_one_that_our_proxy_saw_counts()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Proxy:Addresses"] = "127.0.0.1", map: MapSeen);
        using var visitor = await host.VisitAsync();

        var answer = await visitor.SendAsync(Forwarded("/seen", "1.1.1.1, 198.51.100.7"));

        Assert.Equal("https crm.example 198.51.100.7", answer.Text);
    }

    [Fact]
    public async Task A_proxy_with_a_header_of_its_own_is_believed_in_that_one()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => (builder.Configuration["Proxy:Addresses"], builder.Configuration["Proxy:ClientHeader"]) = ("127.0.0.1", "Fly-Client-IP"), map: MapSeen);
        using var visitor = await host.VisitAsync();
        using var request = Forwarded("/seen", "203.0.113.9, 192.0.2.80");
        request.Headers.Add("Fly-Client-IP", "203.0.113.9");

        Assert.Equal("https crm.example 203.0.113.9", (await visitor.SendAsync(request)).Text);
    }

    [Fact]
    public async Task A_host_that_is_not_ours_is_refused_when_the_settings_name_ours()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["AllowedHosts"] = "crm.example");
        using var visitor = await host.VisitAsync();
        using var ours = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "crm.example" } };
        using var others = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "evil.example" } };

        Assert.Equal(HttpStatusCode.OK, (await visitor.SendAsync(ours)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SendAsync(others)).Status);
    }

    [Fact]
    public async Task Behind_https_every_cookie_is_bound_to_this_host_and_plain_ones_are_not_read()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Proxy:Addresses"] = "127.0.0.1");
        using var visitor = await host.VisitAsync();
        var page = await visitor.SendAsync(Forwarded("/sign-in"));
        var token = page.ValueOf("_token")!;
        var cookie = page.Header("Set-Cookie")!.Split(';')[0];

        var good = await PostAsync(visitor, cookie, token);
        var planted = await PostAsync(visitor, cookie.Replace("__Host-", "", StringComparison.Ordinal), token);

        Assert.StartsWith("__Host-crm-form=", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/; secure; samesite=strict; httponly", page.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.Contains("do not fit", good.Text, StringComparison.Ordinal);
        Assert.Contains("open for a long time", planted.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Proxy:Addresses", "caddy")]
    [InlineData("Proxy:Networks", "10.0.0.1/99")]
    [InlineData("Proxy:Hops", "none")]
    public void A_setting_that_cannot_be_read_is_named(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();

        Assert.Contains($"{setting}: '{value}'", Assert.Single(Proxy.Problems(configuration)), StringComparison.Ordinal);
    }

    private static void MapSeen(WebApplication app) =>
        app.MapGet("/seen", (HttpContext context) => $"{context.Request.Scheme} {context.Request.Host.Host} {context.Connection.RemoteIpAddress}").AllowAnonymous();

    private static HttpRequestMessage Forwarded(string path, string address = "203.0.113.9") => new(HttpMethod.Get, path)
    {
        Headers = { { "X-Forwarded-For", address }, { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "crm.example" } },
    };

    private static async Task<Answer> PostAsync(Visitor visitor, string cookie, string token)
    {
        using var request = Forwarded("/sign-in");
        request.Method = HttpMethod.Post;
        request.Headers.Add("Cookie", cookie);
        request.Content = new FormUrlEncodedContent([new("_token", token), new("Email", "a@example.com"), new("Password", "wrong")]);
        return await visitor.SendAsync(request);
    }
}
