using Crm.Projects;
using Crm.Tests.Host;

namespace Crm.Tests.Web;

public sealed class PostFormTests
{
    [Theory]
    [InlineData("/projects/1/fields/name")]
    [InlineData("/projects/1")]
    [InlineData("/projects/new")]
    public async Task Every_form_that_posts_carries_one_token_and_no_other_does(string path)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.SaveAsync(db => db.Projects.Add(Project.Create("Museum", me.Id, host.Now)));

        var forms = (await browser.GetAsync(path)).Html.QuerySelectorAll("form");

        Assert.NotEmpty(forms);
        Assert.All(forms, form => Assert.Equal(
            form.GetAttribute("method") == "post" ? 1 : 0,
            form.QuerySelectorAll("input[name=_token]").Length));
    }
}
