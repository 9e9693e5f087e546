using System.Net;
using System.Net.Sockets;
using System.Text;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Web;

public sealed class LimitTests
{
    [Fact]
    public async Task Too_many_forms_of_a_stranger_are_answered_with_429_and_when_to_come_back()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Limits:Forms"] = "2");
        using var visitor = await host.VisitAsync();
        var (member, _) = await host.SignInAsync(Role.Member);

        var answers = new List<Answer>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(await visitor.PostAsync("/sign-in", ("Email", "a@example.com"), ("Password", "wrong")));
        }

        Assert.Equal([422, 422, 429], answers.Select(a => (int)a.Status));
        Assert.Equal("Too much at once", answers[2].TextOf("h1"));
        Assert.InRange(int.Parse(answers[2].Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Contains("seconds, then send it again", answers[2].TextOf(".problem"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/sign-in")).Status);
        Assert.Equal(HttpStatusCode.Found, (await member.PostAsync("/projects/new", ("Input.Name", "Mine"))).Status);
    }

    [Fact]
    public async Task Each_kind_of_request_has_a_limit_of_its_own_and_each_person_too()
    {
        await using var host = await CrmHost.StartAsync(configure: builder =>
            (builder.Configuration["Limits:Writes"], builder.Configuration["Limits:Uploads"]) = ("1", "1"));
        var (browser, _) = await host.SignInAsync();
        var (other, _) = await host.SignInAsync(name: "Tom Baker");

        var first = await browser.PostAsync("/projects/new", ("Input.Name", "One"));
        var second = await browser.PostFragmentAsync("/projects/new", ("Input.Name", "Two"));
        var upload = await browser.PostAsync("/imports");
        var secondUpload = await browser.PostAsync("/imports");
        var others = await other.PostAsync("/projects/new", ("Input.Name", "Three"));

        Assert.Equal([302, 429, 422, 429, 302], new[] { first, second, upload, secondUpload, others }.Select(a => (int)a.Status));
        Assert.Equal("#flash", second.Header("HX-Retarget"));
        Assert.Equal(["One", "Three"], await host.ReadAsync(db => db.Projects.OrderBy(p => p.Id).Select(p => p.Name).ToListAsync()));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/projects")).Status);
    }

    [Fact]
    public async Task Who_only_looks_is_limited_too_but_never_for_files_of_the_program()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Limits:Visits"] = "2");
        using var visitor = await host.VisitAsync();
        var statuses = new List<int>();
        foreach (var path in new[] { "/sign-in", "/site.css", "/icons.svg", "/js/app.js", "/sign-in", "/sign-in", "/site.css" })
        {
            statuses.Add((int)(await visitor.GetAsync(path)).Status);
        }

        Assert.Equal([200, 200, 200, 200, 200, 429, 200], statuses);
    }

    [Fact]
    public async Task Looking_on_while_the_machine_is_busy_counts_as_looking()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["Limits:Heavy"] = "1");
        var (browser, _) = await host.SignInAsync();

        var looks = new[] { await browser.GetAsync("/backups"), await browser.GetAsync("/backups"), await browser.GetAsync("/backups") };
        var takes = new[] { await browser.PostAsync("/backups?handler=Take"), await browser.PostAsync("/backups?handler=Take") };

        Assert.All(looks, look => Assert.Equal(HttpStatusCode.OK, look.Status));
        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.TooManyRequests], takes.Select(t => t.Status));
        Assert.Single(Directory.GetFiles(host.Folder.Snapshots));
    }

    [Theory]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: x\r\n\r\n", 9_000, "414")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {0}\r\n\r\n", 40_000, "431")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: a{0}\r\n\r\n", 1, "400")]
    [InlineData("{0}\r\n\r\n", 1, "400")]
    public async Task What_is_no_proper_request_is_refused_at_the_door(string request, int length, string status)
    {
        await using var host = await CrmHost.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();

        var text = request.Replace("{0}", new string('a', length), StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }
}
