using Crm.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounts;

public sealed class CookieTests
{
    [Fact]
    public async Task Over_https_no_other_host_can_plant_the_session_and_the_browser_stays_with_https()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Services.AddSingleton<IStartupFilter>(new OverHttps()));
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var visitor = await host.VisitAsync();
        var page = await SendAsync(visitor, HttpMethod.Get, null);
        var cookie = page.Header("Set-Cookie")!;
        var token = page.Html.QuerySelector("input[name=_token]")!.GetAttribute("value")!;

        var answer = await SendAsync(visitor, HttpMethod.Post, cookie.Split(';')[0], ("Email", "ines@example.com"), ("Password", CrmHost.Password), ("_token", token));

        var session = answer.Header("Set-Cookie")!;
        Assert.StartsWith("__Host-crm-session=", session, StringComparison.Ordinal);
        Assert.Contains("; path=/; secure; samesite=lax; httponly", session, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", session, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/; secure; samesite=strict; httponly", cookie, StringComparison.Ordinal);
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Header("Strict-Transport-Security"));
    }

    private static Task<Answer> SendAsync(Visitor visitor, HttpMethod method, string? cookie, params (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(method, "/sign-in");
        request.Headers.Host = "crm.example";
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
            request.Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }

        return visitor.SendAsync(request);
    }

    /// <summary>What a proxy that speaks HTTPS makes of the requests.</summary>
    private sealed class OverHttps : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, then) =>
            {
                context.Request.Scheme = "https";
                return then(context);
            });
            next(app);
        };
    }
}
