using System.Net;
using Crm.Data;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data;

public sealed class KeyFileTests
{
    [Fact]
    public async Task Whose_key_is_lost_signs_in_again()
    {
        await using var before = await CrmHost.StartAsync();
        await using var host = await CrmHost.StartAsync();
        var (stranger, me) = await before.SignInAsync();
        var token = await stranger.TokenAsync();
        var project = await host.AddProjectAsync("Museum", await host.AddPersonAsync("Inès Moreau"));
        using var browser = new Visitor(host.Address, stranger.Cookies);
        stranger.Cookies.Add(host.Address, new Cookie("crm-flash", "CfDJ8nonsense"));

        var page = await browser.GetAsync("/projects");
        using var form = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("_token", token), new("Email", "a@example.com")]) };
        var posted = await browser.SendAsync(form);

        Assert.StartsWith("/sign-in", page.Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, posted.Status);
        Assert.Contains("open for a long time", posted.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in")).Status);
    }

    [Fact]
    public async Task A_damaged_key_counts_as_lost()
    {
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            File.WriteAllText(Path.Combine(FolderOf(builder).Keys, "key-1.xml"), "<key id=");
            File.WriteAllText(Path.Combine(FolderOf(builder).Keys, "key-2.xml"), "<key id=\"no\" version=\"1\"><descriptor /></key>");
            Directory.CreateDirectory(Path.Combine(FolderOf(builder).Keys, "key-3.xml"));
        });
        var (browser, _) = await host.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/projects")).Status);
    }

    [Fact]
    public async Task Keys_that_cannot_be_written_work_all_the_same_and_are_written_later()
    {
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            // A file in the folder's place refuses also those whom no permission stops.
            Directory.Delete(FolderOf(builder).Keys);
            File.WriteAllText(FolderOf(builder).Keys, "");
        });
        await host.AddPersonAsync("Inès Moreau", email: "ines@example.com");
        using var visitor = await host.VisitAsync();

        var signedIn = await visitor.PostAsync("/sign-in", ("Email", "ines@example.com"), ("Password", CrmHost.Password));
        var page = await visitor.GetAsync("/projects");

        Assert.Equal(("/", HttpStatusCode.OK), (signedIn.Location, page.Status));
        File.Delete(host.Folder.Keys);
        host.Services.GetRequiredService<KeyFiles>().WriteWaiting();
        Assert.Single(Directory.GetFiles(host.Folder.Keys, "key-*.xml"));
    }

    private static DataFolder FolderOf(WebApplicationBuilder builder) =>
        (DataFolder)builder.Services.Single(service => service.ServiceType == typeof(DataFolder)).ImplementationInstance!;
}
