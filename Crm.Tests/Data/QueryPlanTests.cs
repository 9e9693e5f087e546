using Crm.Accounts;
using Crm.Tests.Host;

namespace Crm.Tests.Data;

/// <summary>
/// How the database means to read the long lists. A list that is put in order after it was read costs all its rows for each
/// page; each version of SQLite plans anew.
/// </summary>
public sealed class QueryPlanTests
{
    [Theory]
    [InlineData("/tasks", "Tasks")]
    [InlineData("/tasks", "Tasks", Role.Member)]
    [InlineData("/tasks?status=all", "Tasks", Role.Member)]
    [InlineData("/tasks?order=priority", "Tasks", Role.Member)]
    [InlineData("/tasks?order=newest", "Tasks", Role.Member)]
    [InlineData("/tasks?status=done", "Tasks", Role.Member)]
    [InlineData("/tasks?status=done&order=newest", "Tasks", Role.Member)]
    [InlineData("/tasks?status=all&order=priority", "Tasks", Role.Member)]
    [InlineData("/tasks?priority=urgent", "Tasks", Role.Member)]
    [InlineData("/tasks?due=week", "Tasks", Role.Member)]
    [InlineData("/tasks?assignee=none", "Tasks", Role.Member)]
    [InlineData("/tasks?archived=true", "Tasks", Role.Member)]
    [InlineData("/", "Changes")]
    [InlineData("/", "Interactions")]
    [InlineData("/", "Ratings")]
    [InlineData("/history", "Changes")]
    [InlineData("/trash", "Changes")]
    public async Task A_long_list_is_read_in_its_order_and_no_further_than_the_page(string page, string table, Role role = Role.Admin)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync(role);
        await host.AddProjectAsync("Museum", person, ("Tickets", person, 3));
        host.Queries.Clear();

        await browser.GetAsync(page);

        var lists = host.Queries.Commands.Where(sql => sql.Contains($"FROM \"{table}\" AS", StringComparison.Ordinal) && sql.Contains("LIMIT @", StringComparison.Ordinal) && sql.Contains("ORDER BY", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lists);
        Assert.DoesNotContain(await PlansAsync(host, lists), plan => plan.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/tasks")]
    [InlineData("/tasks?status=all")]
    [InlineData("/tasks?status=done")]
    [InlineData("/tasks?due=today")]
    [InlineData("/tasks?order=newest&q=tickets")]
    [InlineData("/tasks?archived=true&status=all&order=priority")]
    [InlineData("/api/v1/tasks")]
    public async Task A_client_s_tasks_are_looked_for_in_the_client_s_projects_alone(string list)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, client) = await host.SignInAsync(Role.Client);
        var project = await host.AddProjectAsync("Museum", await host.AddPersonAsync("Tom Baker"));
        await host.SaveAsync(db => db.Projects.Find(project.Id)!.Add(client.Id));
        host.Queries.Clear();

        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync(list)).Status);

        var tasks = host.Queries.Commands.First(sql => sql.Contains("FROM \"Tasks\" AS", StringComparison.Ordinal) && sql.Contains("ORDER BY", StringComparison.Ordinal));
        await LargeStatistics.PretendAsync(host);
        Assert.Matches(@"(?s)SEARCH p USING INDEX IX_ProjectMembers_PersonId \(PersonId=\?\)\n.*SEARCH t USING INDEX \w+ \(ProjectId=\?", await QueryPlan.OfAsync(host, tasks));
    }

    /// <summary>A table that is copied, or given an index, for one question costs all its rows each time.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/projects")]
    [InlineData("/projects/1")]
    [InlineData("/projects/1/board")]
    [InlineData("/projects/1/history")]
    [InlineData("/projects/1/members")]
    [InlineData("/projects/1/ratings")]
    [InlineData("/tasks?q=tickets")]
    [InlineData("/tasks/1")]
    [InlineData("/people")]
    [InlineData("/history")]
    public async Task No_page_has_a_table_copied_or_indexed_for_one_question(string page)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", person, ("Tickets", person, 3));
        host.Queries.Clear();

        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync(page)).Status);

        var plans = await PlansAsync(host, [.. host.Queries.Commands.Where(sql => sql.Contains("SELECT", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)]);
        Assert.DoesNotContain(plans, plan => plan.Contains("MATERIALIZE", StringComparison.Ordinal) || plan.Contains("AUTOMATIC", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_index_alone_tells_which_projects_the_start_page_shows()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync(Role.Member);
        await host.AddProjectAsync("Museum", person);
        host.Queries.Clear();

        await browser.GetAsync("/");

        var plans = await PlansAsync(host, [host.Queries.Commands.Single(sql => sql.Contains("LIMIT 8", StringComparison.Ordinal))]);
        Assert.All(plans, plan => Assert.Contains("USING COVERING INDEX IX_Projects_ArchivedAt_DueOn_Status_DeletedAt_Visibility", plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_deleted_something_is_found_among_what_was_deleted()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        host.Queries.Clear();

        await browser.GetAsync("/trash");

        var sql = host.Queries.Commands.Single(sql => sql.Contains("FROM \"Changes\" AS", StringComparison.Ordinal));
        Assert.Contains("USING INDEX IX_Changes_At_Deletions", await QueryPlan.OfAsync(host, sql), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Admin)]
    [InlineData(Role.Client)]
    public async Task A_thread_is_counted_without_reading_what_was_said(Role role)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync(role);
        var project = await host.AddProjectAsync("Museum", await host.AddPersonAsync("Tom Baker"));
        await host.SaveAsync(db => db.Projects.Find(project.Id)!.Add(person.Id));
        host.Queries.Clear();

        await browser.GetAsync($"/projects/{project.Id}/comments");

        var counts = host.Queries.Commands.Where(sql => sql.Contains("SELECT COUNT(*)", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(counts);
        foreach (var sql in counts)
        {
            Assert.Matches(@"SEARCH i\d USING COVERING INDEX IX_Interactions_ProjectId_TaskId", await QueryPlan.OfAsync(host, sql));
        }
    }

    /// <summary>Knowing nothing of the data, and believing that it is large: the one may turn a plan over that the other does not.</summary>
    private static async Task<List<string>> PlansAsync(CrmHost host, IReadOnlyList<string> queries)
    {
        List<string> plans = [];
        foreach (var sql in queries)
        {
            plans.Add(await QueryPlan.OfAsync(host, sql));
        }

        await LargeStatistics.PretendAsync(host);
        foreach (var sql in queries)
        {
            plans.Add(await QueryPlan.OfAsync(host, sql));
        }

        return plans;
    }
}
