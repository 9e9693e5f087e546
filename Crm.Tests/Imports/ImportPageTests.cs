using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Crm.Accounts;
using Crm.Data;
using Crm.Imports;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crm.Tests.Imports;

public sealed class ImportPageTests
{
    [Fact]
    public async Task A_board_is_uploaded_seen_started_and_reported()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync(Role.Member);

        var uploaded = await UploadAsync(browser, BoardJson.Read().ToJsonString());
        var preview = await browser.GetAsync(uploaded.Location!);

        Assert.Equal("Lantern walk", preview.TextOf("h1"));
        Assert.Contains("6 tasks (2 of them archived), 3 comments, 1 checklist, 4 people", Plain(preview.TextOf("section[aria-labelledby=made]")), StringComparison.Ordinal);
        Assert.Equal("En cours Doing 2", Plain(preview.Html.QuerySelectorAll("section[aria-labelledby=lists] tbody tr")[1].TextContent));
        Assert.Equal(4, preview.Html.QuerySelectorAll("select[name^=Become]").Length);
        Assert.Equal(0, await host.ReadAsync(db => db.Projects.CountAsync()));
        Assert.Single(Directory.GetFiles(host.Folder.Imports));

        var started = await browser.PostAsync($"{uploaded.Location}?handler=Start");
        var report = await EndAsync(browser, started.Location!);

        Assert.Equal("Projects1 Tasks6 Comments3 Checklists1 People4 Changed0", Plain(report.TextOf("section[aria-labelledby=report] dl")));
        Assert.Contains("3 older comments", report.TextOf("section[aria-labelledby=notes]"), StringComparison.Ordinal);
        var project = await host.ReadAsync(db => db.Projects.SingleAsync());
        Assert.Equal(person.Id, project.OwnerId);
        Assert.Equal($"/projects/{project.Id}", report.Html.QuerySelector("main a.btn.main")!.GetAttribute("href"));
        Assert.True(FilesAreGone(host));
        Assert.Equal("board.json", (await browser.GetAsync("/imports")).TextOf("tbody th"));
    }

    [Fact]
    public async Task An_import_that_has_ended_stays_so_when_the_disk_fails_at_its_end()
    {
        string? database = null;
        var failures = 0;
        using var log = new WriteAheadLog(() =>
        {
            if (database is not null && HasEnded(database) && Interlocked.Exchange(ref failures, 1) == 0)
            {
                throw new IOException("The disk is broken.");
            }
        });
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Services.AddSingleton(log));
        var (browser, _) = await host.SignInAsync();
        database = host.Folder.Database;
        var page = (await UploadAsync(browser, BoardJson.Read().ToJsonString())).Location!;

        await browser.PostAsync($"{page}?handler=Start");

        Assert.True(FilesAreGone(host));
        Assert.Equal((1, ImportState.Done), (failures, await host.ReadAsync(db => db.Imports.Select(i => i.State).SingleAsync())));
        Assert.Equal(6, await host.ReadAsync(db => db.Tasks.CountAsync()));
    }

    [Fact]
    public async Task Whoever_is_deleted_is_named_by_no_import()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        var page = (await UploadAsync(browser, BoardJson.Read().ToJsonString())).Location!;
        await browser.PostAsync($"{page}?handler=Start");
        await EndAsync(browser, page);
        var priya = await host.ReadAsync(db => db.People.Where(p => p.Name == "Priya Nair").Select(p => p.Id).SingleAsync());

        await browser.PostAsync($"/people/{priya}/leave/delete", ("Name", "Priya Nair"));

        var preview = await host.ReadAsync(db => db.Imports.Select(i => i.Preview).SingleAsync());
        Assert.Contains(Person.FormerName, preview, StringComparison.Ordinal);
        Assert.DoesNotContain("priya", preview, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task People_become_whom_the_preview_says()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync(name: "olu ade");
        var other = await host.AddPersonAsync("Other");
        var page = (await UploadAsync(browser, BoardJson.Read().ToJsonString())).Location!;

        var chosen = (await browser.GetAsync(page)).Html.QuerySelectorAll("select").Cast<IHtmlSelectElement>().Select(s => s.SelectedOptions.Single().Text);
        await browser.PostAsync($"{page}?handler=Start", ("Become[0]", $"{other.Id}"), ("Become[1]", $"{person.Id}"), ("Become[2]", "0"), ("Become[3]", "0"));
        await EndAsync(browser, page);

        Assert.Equal(["Somebody new", "olu ade", "Somebody new", "Somebody new"], chosen);
        var authors = await host.ReadAsync(db => db.Interactions.OrderBy(i => i.CreatedAt).Select(i => i.Author.Name).ToListAsync());
        Assert.Equal(["Other", "olu ade", "Priya Nair"], authors);
        Assert.Equal(4, await host.ReadAsync(db => db.People.CountAsync()));
    }

    [Theory]
    [InlineData("Become[0]", "4711")]
    [InlineData("Become[0]", "-1")]
    [InlineData("Become[0]", "somebody")]
    [InlineData("Become[99]", "0")]
    [InlineData("Become[x]", "0")]
    public async Task A_choice_of_nobody_is_refused_and_nothing_starts(string name, string value)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        var page = (await UploadAsync(browser, BoardJson.Read().ToJsonString())).Location!;
        var before = await host.EverythingAsync();

        var answer = await browser.PostAsync($"{page}?handler=Start", (name, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.Html.QuerySelector("[role=alert]"));
        Assert.Equal(before, await host.EverythingAsync());
    }

    [Theory]
    [InlineData("", "Choose a file")]
    [InlineData("not json", "is not JSON")]
    [InlineData("{\"hello\": [1, 2]}", "no Trello board")]
    [InlineData("{\"id\":\"x\",\"lists\":[],\"cards\":[{", "cut short")]
    public async Task A_refused_upload_says_why_beside_the_field_and_leaves_nothing(string content, string why)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        var before = await host.EverythingAsync();

        var answer = await UploadAsync(browser, content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(why, answer.TextOf("#File-error"), StringComparison.Ordinal);
        Assert.Contains("File-error", answer.Html.QuerySelector("#File")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal(before, await host.EverythingAsync());
        Assert.Empty(Directory.GetFiles(host.Folder.Imports));
    }

    [Theory]
    [InlineData((50 * 1024 * 1024) + 1)]
    [InlineData(70 * 1024 * 1024)]
    public async Task A_file_of_more_than_50_MB_is_refused_with_the_form(int length)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var answer = await UploadAsync(browser, new string(' ', length));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("too large", answer.TextOf("#File-error"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(host.Folder.Imports));
    }

    [Fact]
    public async Task Without_the_forms_token_nothing_is_taken()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var answer = await UploadAsync(browser, BoardJson.Read().ToJsonString(), token: "stale");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(0, await host.ReadAsync(db => db.Imports.CountAsync()));
        Assert.Empty(Directory.GetFiles(host.Folder.Imports));
    }

    [Fact]
    public async Task A_preview_can_be_discarded_with_its_file_by_its_uploader_alone()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync(Role.Member);
        var (colleague, _) = await host.SignInAsync(Role.Member, "Colleague");
        var (client, _) = await host.SignInAsync(Role.Client, "Client");
        var page = (await UploadAsync(browser, BoardJson.Read().ToJsonString())).Location!;

        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync($"{page}?handler=Discard")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync($"{page}?handler=Start")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/imports")).Status);
        Assert.Equal(ImportState.Previewed, await host.ReadAsync(db => db.Imports.Select(j => j.State).SingleAsync()));

        await browser.PostAsync($"{page}?handler=Discard");

        Assert.Equal(0, await host.ReadAsync(db => db.Imports.CountAsync()));
        Assert.Empty(Directory.GetFiles(host.Folder.Imports));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(page)).Status);
    }

    [Fact]
    public async Task What_ran_when_the_program_ended_goes_on_where_it_was()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        var worker = host.Services.GetServices<IHostedService>().OfType<ImportWorker>().Single();
        await worker.StopAsync(TestContext.Current.CancellationToken);
        var board = BoardJson.Read();
        for (var i = 0; i < 150; i++)
        {
            board.Cards().Add(JsonNode.Parse($$"""{"id":"many{{i}}","name":"Card {{i}}","idList":"L1","pos":{{i}}}"""));
        }

        var page = (await UploadAsync(browser, board.ToJsonString())).Location!;
        await browser.PostAsync($"{page}?handler=Start");
        Assert.Equal("0", (await browser.GetAsync(page)).Html.QuerySelector("progress")!.GetAttribute("value"));
        await StopAfterFirstHundredAsync(host);
        Assert.Equal("100", (await browser.GetAsync(page)).Html.QuerySelector("progress")!.GetAttribute("value"));
        var fragment = await browser.GetFragmentAsync($"{page}?handler=Progress", page);
        Assert.Equal("every 1s", fragment.Html.QuerySelector("[hx-get]")!.GetAttribute("hx-trigger"));

        await worker.StartAsync(TestContext.Current.CancellationToken);
        var report = await EndAsync(browser, page);

        Assert.Equal("Projects1 Tasks156 Comments3 Checklists1 People4 Changed0", Plain(report.TextOf("section[aria-labelledby=report] dl")));
        Assert.Null((await browser.GetFragmentAsync($"{page}?handler=Progress", page)).Html.QuerySelector("[hx-trigger]"));
    }

    [Fact]
    public async Task A_project_that_was_deleted_can_be_brought_back_from_the_preview()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        await host.ImportAsync(BoardJson.Read(), person.Id);
        await host.SaveAsync(db => db.Projects.Single().Delete(host.Now));
        var page = (await UploadAsync(browser, BoardJson.Read().ToJsonString())).Location!;

        var preview = await browser.GetAsync(page);
        var restore = preview.Html.QuerySelector(".callout button")!.GetAttribute("formaction")!;
        Assert.DoesNotContain("Update the project", preview.Text, StringComparison.Ordinal);
        await browser.PostAsync(restore);

        Assert.Contains("Update the project", (await browser.GetAsync(page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_ask_the_database_the_same_however_much_there_is()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        var page = (await UploadAsync(browser, BoardJson.Read().ToJsonString())).Location!;
        var small = (await host.CountQueriesAsync(browser, "/imports"), await host.CountQueriesAsync(browser, page));
        var board = BoardJson.Read();
        for (var i = 0; i < 40; i++)
        {
            await host.AddPersonAsync($"Person {i}");
            board["members"]!.AsArray().Add(JsonNode.Parse($$"""{"id":"p{{i}}","fullName":"Person {{i}}"}"""));
            await host.SaveAsync(db => db.Imports.Add(ImportJob.Of("x.json", "x", new ImportPreview("x", "x", 1, 0, 0, 0, [], [], []), person.Id, host.Now)));
        }

        page = (await UploadAsync(browser, board.ToJsonString())).Location!;

        Assert.Equal(small, (await host.CountQueriesAsync(browser, "/imports"), await host.CountQueriesAsync(browser, page)));
        Assert.InRange(small.Item2, 1, 12);
    }

    private static async Task<Answer> UploadAsync(Visitor browser, string content, string? token = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token ?? await browser.TokenAsync()), "_token" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "File", "board.json" },
        };
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/imports") { Content = form });
    }

    /// <summary>Looks at the page until the import has ended.</summary>
    private static async Task<Answer> EndAsync(Visitor browser, string page)
    {
        while (true)
        {
            var answer = await browser.GetAsync(page);
            if (answer.Html.QuerySelector("progress") is null)
            {
                return answer;
            }
        }
    }

    /// <summary>Stops a run as the end of the program does, with the first cards brought in.</summary>
    private static async Task StopAfterFirstHundredAsync(CrmHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        using var stop = new CancellationTokenSource();
        var db = scope.ServiceProvider.GetRequiredService<Crm.Data.CrmDb>();
        db.ChangeTracker.Tracked += (_, e) =>
        {
            if (e.Entry.Entity is ImportJob { Done: 100 })
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scope.ServiceProvider.GetRequiredService<ImportRun>().RunAsync(1, stop.Token));
    }

    private static bool HasEnded(string database)
    {
        using var file = DatabaseFile.OpenToRead(database);
        return file.Scalar<long>("SELECT count(*) FROM Imports WHERE EndedAt IS NOT NULL") > 0;
    }

    /// <summary>A file goes once the end of its import is on the disk; that end can be seen a moment before.</summary>
    private static bool FilesAreGone(CrmHost host) => SpinWait.SpinUntil(() => Directory.GetFiles(host.Folder.Imports).Length == 0, TimeSpan.FromSeconds(30));

    private static string Plain(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
