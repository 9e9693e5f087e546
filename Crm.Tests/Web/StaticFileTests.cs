using System.Net;
using Crm.Tests.Host;

namespace Crm.Tests.Web;

public sealed class StaticFileTests
{
    [Theory]
    [InlineData("/site.css", "text/css")]
    [InlineData("/icons.svg", "image/svg+xml")]
    [InlineData("/js/app.js", "text/javascript")]
    public async Task A_file_of_the_top_level_wwwroot_is_served_to_anyone(string path, string type)
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();

        var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(type, answer.Header("Content-Type"));
    }
}
