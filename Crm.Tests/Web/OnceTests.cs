using System.Net;
using System.Text;
using Crm.Accounts;
using Crm.Data;
using Crm.Feedback;
using Crm.Tests.Host;
using Crm.Tests.Imports;
using Crm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Web;

public sealed class OnceTests
{
    private static readonly (string Page, string Form, (string, string)[] Typed, Func<CrmDb, Task<int>> Count)[] Creating =
    [
        ("/projects/new", "main form", [("Input.Name", "Harbour")], db => db.Projects.CountAsync()),
        ("/projects/1", "#add-task form", [("title", "Ticket checkout")], db => db.Tasks.CountAsync()),
        ("/projects/1/board", "#add-task", [("title", "Ticket machine")], db => db.Tasks.CountAsync()),
        ("/tasks/1", "#new-checklist-form", [("name", "Before launch")], db => db.Checklists.CountAsync()),
        ("/tasks/1", "li.add form", [("text", "Test it")], db => db.ChecklistItems.CountAsync()),
        ("/tasks/1", "form.composer", [("body", "Done.")], db => db.Interactions.CountAsync()),
        ("/projects/1", "form.composer", [("body", "Well done.")], db => db.Interactions.CountAsync()),
        ("/people/invite", "main form", [("Input.Role", "Member"), ("Input.Email", "new@example.com")], db => db.Invitations.CountAsync()),
        ("/projects/1", "#ratings form", [("stars", "4"), ("comment", "Good")], db => db.Ratings.CountAsync()),
    ];

    [Fact]
    public async Task A_form_that_is_sent_again_makes_one_record_and_leads_to_it_again()
    {
        await using var host = await CrmHost.StartAsync();
        var browser = await SettingAsync(host);
        foreach (var (page, selector, typed, count) in Creating)
        {
            var before = await host.ReadAsync(count);
            var form = new FilledForm(await browser.GetAsync(page), page, selector, typed);

            var first = await form.SendAsync(browser);
            var again = await form.SendAsync(browser);

            Assert.True(before + 1 == await host.ReadAsync(count), $"{page} {selector}: {first.Status}");
            Assert.Equal((HttpStatusCode.Found, first.Location), (again.Status, again.Location));
        }
    }

    [Fact]
    public async Task Two_clicks_at_the_same_moment_make_one_record()
    {
        await using var host = await CrmHost.StartAsync();
        var browser = await SettingAsync(host);
        foreach (var (page, selector, typed, count) in Creating)
        {
            var before = await host.ReadAsync(count);
            var form = new FilledForm(await browser.GetAsync(page), page, selector, typed);

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => form.SendByHtmxAsync(browser)));

            Assert.True(before + 1 == await host.ReadAsync(count), $"{page} {selector}: {string.Join(' ', answers.Select(a => a.Status))}");
            Assert.All(answers, answer => Assert.InRange((int)answer.Status, 200, 302));
        }
    }

    [Fact]
    public async Task Sent_again_by_htmx_without_a_place_to_go_it_reloads_the_page_and_says_so()
    {
        await using var host = await CrmHost.StartAsync();
        var browser = await SettingAsync(host);
        var form = new FilledForm(await browser.GetAsync("/tasks/1"), "/tasks/1", "form.composer", ("body", "Done."));

        await form.SendByHtmxAsync(browser);
        var again = await form.SendByHtmxAsync(browser);

        Assert.Equal((HttpStatusCode.OK, "true", ""), (again.Status, again.Header("HX-Refresh"), again.Text));
        Assert.Equal("This was saved already.", (await browser.GetAsync("/tasks/1")).TextOf("#flash p"));
    }

    [Fact]
    public async Task The_same_words_typed_a_second_time_on_purpose_make_a_second_record()
    {
        await using var host = await CrmHost.StartAsync();
        var browser = await SettingAsync(host);
        for (var i = 0; i < 2; i++)
        {
            await new FilledForm(await browser.GetAsync("/projects/1"), "/projects/1", "#add-task form", ("title", "Call them")).SendAsync(browser);
        }

        Assert.Equal(2, await host.ReadAsync(db => db.Tasks.CountAsync(t => t.Title == "Call them")));
    }

    [Fact]
    public async Task A_form_that_was_gone_back_to_and_changed_is_a_new_one_and_a_refused_one_is_not_spent()
    {
        await using var host = await CrmHost.StartAsync();
        var browser = await SettingAsync(host);
        var form = new FilledForm(await browser.GetAsync("/projects/new"), "/projects/new", "main form", ("Input.Name", ""));

        var refused = await form.SendAsync(browser);
        var refusedAgain = await form.SendAsync(browser);
        await form.With("Input.Name", "North pier").SendAsync(browser);
        await form.With("Input.Name", "South pier").SendAsync(browser);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (refused.Status, refusedAgain.Status));
        Assert.Equal(["North pier", "South pier"], await host.ReadAsync(db => db.Projects.Where(p => p.Name.EndsWith("pier")).OrderBy(p => p.Name).Select(p => p.Name).ToListAsync()));
    }

    [Fact]
    public async Task A_wrong_password_is_counted_each_time_that_it_is_sent()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        var form = new FilledForm(await browser.GetAsync("/profile/password"), "/profile/password", "main form", ("Password.Present", "wrong"), ("Password.New", "another horse battery"));

        var answers = new[] { await form.SendAsync(browser), await form.SendAsync(browser) };

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status));
        Assert.Equal(2, await host.ReadAsync(db => db.SignIns.CountAsync(s => s.PersonId == person.Id && s.Outcome == SignInOutcome.WrongPassword)));
    }

    [Fact]
    public async Task Another_persons_receipt_is_not_mine()
    {
        await using var host = await CrmHost.StartAsync();
        var browser = await SettingAsync(host);
        var (other, _) = await host.SignInAsync(name: "Tom Baker");
        var form = new FilledForm(await browser.GetAsync("/projects/new"), "/projects/new", "main form", ("Input.Name", "Harbour"));

        await form.SendAsync(browser);
        await form.SendAsync(other);

        Assert.Equal(2, await host.ReadAsync(db => db.Projects.CountAsync(p => p.Name == "Harbour")));
    }

    [Fact]
    public async Task A_file_and_the_sample_data_come_in_once()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        var page = await browser.GetAsync("/imports");
        var key = page.ValueOf(Once.Field)!;

        var first = await UploadAsync(browser, key, "board");
        var again = await UploadAsync(browser, key, "board");
        var other = await UploadAsync(browser, key, "other board");
        await Task.WhenAll(browser.PostAsync("/sample-data?handler=Fill"), browser.PostAsync("/sample-data?handler=Fill"));

        Assert.Equal((first.Location, HttpStatusCode.Found), (again.Location, again.Status));
        Assert.NotEqual(first.Location, other.Location);
        Assert.Equal(2, await host.ReadAsync(db => db.Imports.CountAsync()));
        Assert.Equal(2, Directory.GetFiles(host.Folder.Imports).Length);
        Assert.Equal(7, await host.ReadAsync(db => db.Projects.CountAsync()));
    }

    [Fact]
    public async Task Receipts_are_kept_for_three_days()
    {
        await using var host = await CrmHost.StartAsync();
        await host.SaveAsync(db => db.Receipts.AddRange(
            new Receipt { Hash = "old", At = host.Now.AddDays(-3).AddMinutes(-1) }, new Receipt { Hash = "young", At = host.Now.AddDays(-3).AddMinutes(1) }));

        await host.ReadAsync(async db =>
        {
            await Receipt.ForgetOldAsync(db, host.Now, TestContext.Current.CancellationToken);
            return 0;
        });

        Assert.Equal(["young"], await host.ReadAsync(db => db.Receipts.Select(r => r.Hash).ToListAsync()));
    }

    [Fact]
    public async Task A_call_with_an_idempotency_key_is_carried_out_once()
    {
        await using var host = await CrmHost.StartAsync(map: app => app.MapPost("/call", AnswerAsync));
        var (browser, _) = await host.SignInAsync();

        var first = await CallAsync(browser, "k", "Pier");
        var again = await CallAsync(browser, "k", "Pier");
        var other = await CallAsync(browser, "k", "Quay");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (first.Status, again.Status, other.Status));
        Assert.Equal("application/problem+json", other.Header("Content-Type"));
        Assert.Equal(1, await host.ReadAsync(db => db.Ratings.CountAsync()));
    }

    [Needs(Right.SeeLists)]
    private static async Task<IResult> AnswerAsync(HttpRequest request, CrmDb db, CancellationToken cancel)
    {
        var body = await new StreamReader(request.Body).ReadToEndAsync(cancel);
        await using var write = await db.BeginWriteAsync(cancel);
        var project = Crm.Projects.Project.Create(body, 1, CrmHost.Start.UtcDateTime);
        db.Projects.Add(project);
        await db.SaveChangesAsync(cancel);
        db.Ratings.Add(Rating.Give(project.Id, 1, 5, body, CrmHost.Start.UtcDateTime));
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return Results.Ok();
    }

    private static async Task<Answer> CallAsync(Visitor browser, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/call") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(Once.Header, key);
        return await browser.SendAsync(request);
    }

    private static async Task<Visitor> SettingAsync(CrmHost host)
    {
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me, ("Checkout", me, 3));
        await host.SaveAsync(db => db.Tasks.Include(t => t.Checklists).Single().AddChecklist("Launch"));
        return browser;
    }

    private static async Task<Answer> UploadAsync(Visitor browser, string key, string name)
    {
        var board = BoardJson.Read();
        board["name"] = name;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await browser.TokenAsync()), "_token" },
            { new StringContent(key), Once.Field },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(board.ToJsonString())), "File", "board.json" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/imports") { Content = form };
        return await browser.SendAsync(request);
    }
}
