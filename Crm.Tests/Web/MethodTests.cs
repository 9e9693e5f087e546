using System.Net;
using Crm.Tests.Host;

namespace Crm.Tests.Web;

public sealed class MethodTests
{
    [Theory]
    [InlineData("GET", "/markdown/preview")]
    [InlineData("POST", "/comments/1")]
    [InlineData("PUT", "/projects/1")]
    [InlineData("DELETE", "/projects/1")]
    [InlineData("PATCH", "/")]
    [InlineData("PAGE", "/?handler=HandlerExecuting")]
    public async Task A_page_that_has_no_handler_for_a_method_says_so(string method, string path)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("RequestVerificationToken", await browser.TokenAsync());

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.SendAsync(request)).Status);
    }
}
