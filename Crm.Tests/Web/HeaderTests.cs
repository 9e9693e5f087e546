using Crm.Tests.Host;

namespace Crm.Tests.Web;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/site.css")]
    public async Task Every_answer_forbids_scripts_styles_and_frames_of_others(string path)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var answer = await browser.GetAsync(path);
        var policy = answer.Header("Content-Security-Policy")!;

        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
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
