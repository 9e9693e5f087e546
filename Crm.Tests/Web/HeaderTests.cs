using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Builder;

namespace Crm.Tests.Web;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/site.css")]
    [InlineData("/boom")]
    [InlineData("/bare")]
    [InlineData("/imports/1?handler=Progress")]
    public async Task Every_answer_forbids_scripts_styles_and_frames_of_others(string path)
    {
        await using var host = await CrmHost.StartAsync(map: app =>
        {
            app.MapGet("/boom", [Needs(Right.SeeLists)] void () => throw new InvalidOperationException());
            app.MapGet("/bare", [Needs(Right.SeeLists)] () => Microsoft.AspNetCore.Http.Results.Redirect("/"));
        });
        var (browser, _) = await host.SignInAsync();

        var answer = await browser.GetAsync(path);
        var policy = answer.Header("Content-Security-Policy")!;

        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
        Assert.Contains("publickey-credentials-get=(self)", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Null(answer.Header("Server"));
    }

    [Fact]
    public async Task A_file_that_has_not_changed_is_answered_with_the_same_headers()
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/site.css");
        request.Headers.TryAddWithoutValidation("If-None-Match", (await visitor.GetAsync("/site.css")).Header("ETag"));

        var answer = await visitor.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.NotModified, answer.Status);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
    }

    [Fact]
    public async Task A_signed_in_persons_page_is_kept_by_nobody()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var answer = await browser.GetAsync("/");

        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("HX-Request", answer.Header("Vary"), StringComparison.Ordinal);
    }
}
