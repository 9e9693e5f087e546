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
    [InlineData("/tasks?status=all", "Tasks")]
    [InlineData("/tasks?order=priority", "Tasks")]
    [InlineData("/tasks?order=newest", "Tasks")]
    [InlineData("/", "Changes")]
    [InlineData("/", "Interactions")]
    [InlineData("/history", "Changes")]
    [InlineData("/trash", "Changes")]
    public async Task A_long_list_is_read_in_its_order_and_no_further_than_the_page(string page, string table)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, person) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", person, ("Tickets", person, 3));
        host.Queries.Clear();

        await browser.GetAsync(page);

        var lists = host.Queries.Commands.Where(sql => sql.Contains($"FROM \"{table}\" AS", StringComparison.Ordinal) && sql.Contains("LIMIT @", StringComparison.Ordinal) && sql.Contains("ORDER BY", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lists);
        foreach (var sql in lists)
        {
            Assert.DoesNotContain("TEMP B-TREE FOR ORDER BY", await QueryPlan.OfAsync(host, sql), StringComparison.Ordinal);
        }
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

        foreach (var sql in host.Queries.Commands.Where(sql => sql.Contains("SELECT", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            var plan = await QueryPlan.OfAsync(host, sql);
            Assert.DoesNotContain("MATERIALIZE", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("AUTOMATIC", plan, StringComparison.Ordinal);
        }
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
}
