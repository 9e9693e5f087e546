using System.Text;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Web;
using Microsoft.AspNetCore.Builder;

namespace Crm.Tests.Web;

public sealed class DownloadTests
{
    [Theory]
    [InlineData("text/html", "application/octet-stream")]
    [InlineData("image/svg+xml", "application/octet-stream")]
    [InlineData("application/xhtml+xml", "application/octet-stream")]
    [InlineData("text/html; charset=utf-8", "application/octet-stream")]
    [InlineData("image/png\r\nX-Evil: 1", "application/octet-stream")]
    [InlineData("IMAGE/PNG; q=1", "image/png")]
    [InlineData(null, "application/octet-stream")]
    public async Task Whatever_somebody_brought_in_leaves_as_a_file_and_never_as_a_page_of_ours(string? said, string sent)
    {
        await using var host = await CrmHost.StartAsync(map: app => app.MapGet(
            "/file", [Needs(Right.SeeLists)] () => new Download(new MemoryStream("<script>alert(1)</script>"u8.ToArray()), "Pläne\r\nX-Evil: 1\".html", said)));
        var (browser, _) = await host.SignInAsync();

        var answer = await browser.GetAsync("/file");

        Assert.Equal("<script>alert(1)</script>", answer.Text);
        Assert.Equal(sent, answer.Header("Content-Type"));
        Assert.StartsWith("attachment; filename=\"", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Contains("filename*=UTF-8''Pl%C3%A4ne__X-Evil_%201_.html", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.StartsWith("sandbox; default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Header("X-Evil"));
    }

    [Theory]
    [InlineData("../../etc/passwd", "etc_passwd")]
    [InlineData("C:\\Users\\me\\plan.pdf", "C__Users_me_plan.pdf")]
    [InlineData("invoice\u202Efdp.exe", "invoice_fdp.exe")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("...", "download")]
    [InlineData("", "download")]
    [InlineData("図面 2.png", "図面 2.png")]
    public void A_name_leads_nowhere_and_hides_nothing(string name, string safe) => Assert.Equal(safe, Download.SafeName(name));

    [Fact]
    public void A_long_name_is_cut_between_letters_and_keeps_its_ending()
    {
        var safe = Download.SafeName("a" + string.Concat(Enumerable.Repeat("🎉", 300)) + ".pdf");

        Assert.Equal("half_.txt", Download.SafeName($"half{'\uD800'}.txt"));
        Assert.EndsWith("🎉.pdf", safe, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(safe), 100, 255);
    }
}
