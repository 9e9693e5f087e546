using System.Net;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts;

public sealed class EndedSessionTests
{
    [Fact]
    public async Task Htmx_is_sent_to_sign_in_and_from_there_back_to_the_page()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        using var _ = browser;
        await browser.TokenAsync();
        await host.ReadAsync(db => db.Sessions.ExecuteDeleteAsync());

        var answer = await browser.GetFragmentAsync("/projects/1/fields/name", from: "/projects?status=active");
        var signedIn = await browser.PostAsync(answer.Header("HX-Redirect")!, ("Email", person.Email!), ("Password", CrmHost.Password));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("/sign-in?returnUrl=%2Fprojects%3Fstatus%3Dactive", answer.Header("HX-Redirect"));
        Assert.Equal("/projects?status=active", signedIn.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
    }

    [Theory]
    [InlineData("/projects/7", "/sign-in?returnUrl=%2Fprojects%2F7")]
    [InlineData(null, "/sign-in?returnUrl=%2F")]
    public async Task A_form_leads_back_to_the_page_that_it_stood_on(string? page, string location)
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/projects/7?handler=Archive") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Referrer = page is null ? null : new Uri(host.Address, page);

        var answer = await visitor.SendAsync(request);

        Assert.Equal(location, answer.Location);
    }
}
