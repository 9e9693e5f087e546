using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Performance;

/// <summary>Something that is measured.</summary>
/// <param name="Request">What is sent: by whom, to which path, which of them it is, and for the how manieth time.</param>
/// <param name="Paths">Asked for in turn, so that it is not one record over and over.</param>
internal sealed record Scenario(string Name, IReadOnlyList<string> Paths, Func<Visitor, string, int, int, byte[]> Request, ScenarioKind Kind = ScenarioKind.Reads)
{
    /// <summary>The request at whose turn it is.</summary>
    public byte[] Next(Visitor by, int who, int n) => Request(by, Paths[(n + who * 25) % Paths.Count], who, n);
}

internal enum ScenarioKind
{
    Reads,
    Writes,
    Both,
}

/// <summary>Every kind of page, and the common writes.</summary>
internal static class Scenarios
{
    public const string Comment = "Checked on the **phone** and on paper. The colours are as agreed, the second paragraph needs another look.";

    public static async Task<IReadOnlyList<Scenario>> OfAsync(string database)
    {
        await using var db = new Bare.BareDb(new DbContextOptionsBuilder<Bare.BareDb>().UseSqlite($"Data Source={database};Mode=ReadOnly").Options);
        var projects = await IdsAsync(db, "SELECT Id AS Value FROM Projects WHERE ArchivedAt IS NULL ORDER BY Id LIMIT 20");
        var tasks = await IdsAsync(db, "SELECT t.Id AS Value FROM Tasks t JOIN Projects p ON p.Id = t.ProjectId WHERE t.ArchivedAt IS NULL AND p.ArchivedAt IS NULL ORDER BY t.Id * 7919 % 1000003 LIMIT 200");
        string[] Of(IEnumerable<int> ids, string pattern) => [.. ids.Select(id => string.Format(CultureInfo.InvariantCulture, pattern, id))];
        Scenario[] pages =
        [
            Page("Today", "/"),
            Page("Projects", "/projects"),
            Page("A project", Of(projects, "/projects/{0}")),
            Page("Its board", Of(projects, "/projects/{0}/board")),
            Page("Its ratings", Of(projects, "/projects/{0}/ratings")),
            Page("Its history", Of(projects, "/projects/{0}/history")),
            Page("Its members", Of(projects, "/projects/{0}/members")),
            Page("Tasks", "/tasks"),
            Page("Mine, overdue", "/tasks?assignee=me&due=overdue"),
            Page("Tasks with words", "/tasks?q=draft"),
            Page("A task", Of(tasks, "/tasks/{0}")),
            Page("A field, in place", [.. Of(tasks, "/tasks/{0}/fields/due")]),
            Page("People", "/people"),
            Page("History", "/history"),
            Page("Recently deleted", "/trash"),
            Page("Settings", "/settings"),
            Page("Profile", "/profile"),
            Page("Import", "/imports"),
            Page("Webhooks", "/webhooks"),
            Page("Backups", "/backups"),
            Page("Documentation", "/docs/guide"),
        ];
        var comment = new Scenario("Comment posted", Of(tasks, "/tasks/{0}/comments"), (by, path, who, n) => by.Form(path, $"body={Uri.EscapeDataString($"{Comment} {who} {n}")}&_once={who}-{n}-{Environment.ProcessId}"), ScenarioKind.Writes);
        return
        [
            .. pages,
            Call("API: tasks", "/api/v1/tasks"),
            Call("API: a project", Of(projects, "/api/v1/projects/{0}")),
            comment,
            new("Comment posted, API", Of(tasks, "/api/v1/tasks/{0}/comments"), (by, path, who, n) => by.Call("POST", path, $$"""{"body":"{{Comment}} {{who}} {{n}}"}"""), ScenarioKind.Writes),
            new("Task changed, API", Of(tasks, "/api/v1/tasks/{0}"), (by, path, who, n) => by.Call("PATCH", path, $$"""{"title":"Title {{who}} {{n}}"}"""), ScenarioKind.Writes),
            // What a busy day is like: nothing that was drawn holds for long.
            new("All pages by six, comments by two", [""], (by, _, who, n) => who < 6 ? pages[(n + who) % pages.Length].Next(by, who, n) : comment.Next(by, who, n), ScenarioKind.Both),
        ];
    }

    private static Scenario Page(string name, params string[] paths) => new(name, paths, (by, path, _, _) => by.Page(path));

    private static Scenario Call(string name, params string[] paths) => new(name, paths, (by, path, _, _) => by.Call("GET", path));

    private static async Task<List<int>> IdsAsync(Bare.BareDb db, string sql) => await db.Database.SqlQueryRaw<int>(sql).ToListAsync();
}
