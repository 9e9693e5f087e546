using System.Net;
using Crm.Tests.Host;

namespace Crm.Tests.Web;

public sealed class ErrorTests
{
    [Fact]
    public async Task A_form_that_cannot_be_read_is_answered_by_the_page_for_that()
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();

        var answer = await visitor.PostAsync("/sign-in", ("Email", "a\u0000b"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("That request could not be read", answer.TextOf("h1"));
    }
}
