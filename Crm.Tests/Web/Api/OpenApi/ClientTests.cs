using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Sdk = Crm.Tests.Generated;

#pragma warning disable xUnit1051 // Called as anybody would call it

namespace Crm.Tests.Web.Api.OpenApi;

/// <summary>
/// A project's life through a client that was generated from the committed document, as somebody else would generate theirs: what
/// the document says is enough to work with.
/// </summary>
public sealed class ClientTests
{
    [Fact]
    public async Task A_program_runs_a_project_through_the_generated_client()
    {
        await using var host = await CrmHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        var crm = await SignInAsync(http);

        var project = (await crm.CreateProjectAsync(new Sdk.CreateProject { Name = "Harbour guide", DueOn = new DateOnly(2026, 7, 1) }, "first")).Result;
        var again = await crm.CreateProjectAsync(new Sdk.CreateProject { Name = "Harbour guide", DueOn = new DateOnly(2026, 7, 1) }, "first");
        foreach (var title in new[] { "Draw", "Write", "Print" })
        {
            await crm.CreateTaskAsync(project.Id, new Sdk.CreateTask { Title = title });
        }

        var task = (await crm.ListTasksAsync(q: "print")).Result.Items.Single();
        await crm.MoveTaskAsync(task.Id, new Sdk.MoveTask { Status = Sdk.TaskStatus.Done });
        await crm.CreateTaskCommentAsync(task.Id, new Sdk.CreateComment { Body = "It is **done**." });
        await crm.RateProjectAsync(project.Id, new Sdk.RateProject { Stars = 5 });
        var read = (await crm.GetProjectAsync(project.Id)).Result;

        Assert.Equal((project.Id, "true"), (again.Result.Id, again.Headers["Idempotency-Replayed"].Single()));
        Assert.Equal((new DateOnly(2026, 7, 1), Sdk.ProjectStatus.Active, 3, 1, 5.0), (read.DueOn, read.Status, read.Progress.Tasks, read.Progress.Done, read.Rating!.Average));
        Assert.Equal("It is **done**.", (await crm.ListTaskCommentsAsync(task.Id)).Result.Items.Single().Body);
        Assert.Equal(["Draw", "Print", "Write"], (await TitlesAsync(crm)).Order());
        Assert.Equal(Crm.Timeline.Via.Api, await host.ReadAsync(db => db.Changes.Where(c => c.Kind == "Project").Select(c => c.Via).Distinct().SingleAsync()));
    }

    [Fact]
    public async Task A_conflict_and_a_refusal_come_as_the_problems_that_the_document_describes()
    {
        await using var host = await CrmHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        var crm = await SignInAsync(http);
        var made = await crm.CreateProjectAsync(new Sdk.CreateProject { Name = "Harbour guide" });
        var tag = made.Headers["ETag"].Single();

        await crm.UpdateProjectAsync(made.Result.Id, new Sdk.ProjectPatch { Status = Sdk.ProjectStatus.OnHold }, tag);
        var late = await Assert.ThrowsAsync<Sdk.ApiException<Sdk.Problem>>(() => crm.UpdateProjectAsync(made.Result.Id, new Sdk.ProjectPatch { Status = Sdk.ProjectStatus.Completed }, tag));
        var nameless = await Assert.ThrowsAsync<Sdk.ApiException<Sdk.Problem>>(() => crm.CreateProjectAsync(new Sdk.CreateProject { Name = "" }));
        var nowhere = await Assert.ThrowsAsync<Sdk.ApiException<Sdk.Problem>>(() => crm.GetProjectAsync(99));
        http.DefaultRequestHeaders.Authorization = null;
        var stranger = await Assert.ThrowsAsync<Sdk.ApiException<Sdk.Problem>>(() => crm.ListProjectsAsync());

        Assert.Equal((412, 422, 404, 401), (late.StatusCode, nameless.StatusCode, nowhere.StatusCode, stranger.StatusCode));
        Assert.Equal("name", Assert.Single(nameless.Result.Errors!).Key);
        Assert.Equal(["Harbour guide onHold"], await host.ReadAsync(db => db.Projects.Select(p => p.Name + (p.Status == Crm.Projects.ProjectStatus.OnHold ? " onHold" : "")).ToListAsync()));
    }

    private static async Task<Sdk.CrmClient> SignInAsync(HttpClient http)
    {
        var crm = new Sdk.CrmClient(http);
        var tokens = (await crm.LoginAsync(new Sdk.Login { Email = "ines@example.com", Password = CrmHost.Password })).Result;
        http.DefaultRequestHeaders.Authorization = new("Bearer", tokens.AccessToken);
        return crm;
    }

    /// <summary>All pages of the list, one task at a time.</summary>
    private static async Task<List<string>> TitlesAsync(Sdk.CrmClient crm)
    {
        List<string> titles = [];
        string? cursor = null;
        do
        {
            var page = (await crm.ListTasksAsync(status: Sdk.TaskStates.All, limit: 1, cursor: cursor)).Result;
            titles.AddRange(page.Items.Select(t => t.Title));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return titles;
    }
}
