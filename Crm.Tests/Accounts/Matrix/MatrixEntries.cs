using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Webhooks;

namespace Crm.Tests.Accounts.Matrix;

/// <summary>
/// What the matrix cannot know by itself of an endpoint. A new endpoint needs something here when its address takes more than
/// an id of a record that is known, or when a form must be filled for it to do anything.
/// </summary>
internal static class MatrixEntries
{
    /// <summary>For the parameters of an address, by <c>root/parameter</c>.</summary>
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["projects/field"] = "name",
        ["tasks/field"] = "title",
        ["checklists/field"] = "name",
        ["checklist-items/field"] = "text",
        ["join/token"] = "x",
        ["reset/token"] = "x",
        ["error/status"] = "404",
        ["docs/name"] = "guide",
        ["docs/picture"] = "board-light.png",
        ["backups/name"] = "none",
        ["profile/key"] = "none",
        ["projects/personId"] = "2",
        ["tasks/personId"] = "2",
        ["people/step"] = "hand-over",
        ["people/sessionId"] = "999999",
        ["people/tokenId"] = "999999",
        ["email/token"] = "x",
        ["webhooks/delivery"] = "1",
    };

    /// <summary>Forms by the name of the endpoint; others are sent empty.</summary>
    private static readonly Dictionary<string, (string Name, string Value)[]> Forms = new(StringComparer.Ordinal)
    {
        ["POST /projects/{id:int}/fields/{field}"] = [("value", "New name"), ("version", "1")],
        ["POST /projects/{id:int}/tasks"] = [("title", "New task")],
        ["POST /projects/{id:int}/comments"] = [("body", "New words")],
        ["POST /projects/{id:int}/rating"] = [("stars", "4")],
        ["POST /tasks/{id:int}/fields/{field}"] = [("value", "New title"), ("version", "1")],
        ["POST /tasks/{id:int}/comments"] = [("body", "New words")],
        ["POST /tasks/{id:int}/checklists"] = [("name", "New checklist")],
        ["POST /tasks/{id:int}/move"] = [("status", "done")],
        ["POST /tasks/{id:int}/{handler:regex(^(priority|audience|archive|bringback|delete|restore)$)} (Priority)"] = [("priority", "high")],
        ["POST /tasks/{id:int}/{handler:regex(^(priority|audience|archive|bringback|delete|restore)$)} (Audience)"] = [("audience", "client")],
        ["POST /checklists/{id:int}/fields/{field}"] = [("value", "New name"), ("version", "1")],
        ["POST /checklists/{id:int}/items"] = [("text", "New item")],
        ["POST /checklist-items/{id:int}/fields/{field}"] = [("value", "New text"), ("version", "1")],
        ["POST /comments/{id:int}/{handler:regex(^(edit|audience|delete|restore)$)?} (Edit)"] = [("body", "New words"), ("version", "1")],
        ["POST /comments/{id:int}/{handler:regex(^(edit|audience|delete|restore)$)?} (Audience)"] = [("audience", "client")],
        ["POST /people/invitations (Revoke)"] = [("id", "1")],
        ["POST /people/invitations (Renew)"] = [("id", "1")],
        ["POST /webhooks/new"] = [("Input.Name", "New"), ("Input.Url", "https://example.com/"), ("Input.Everything", "true")],
        ["POST /webhooks/{id:int}/edit"] = [("Input.Name", "New"), ("Input.Url", "https://example.com/"), ("Input.Everything", "true")],
        ["POST /imports/{id:int} (Start)"] = [("Become[0]", "x")],
    };

    /// <summary>In place of a body: a form with a file in it.</summary>
    public const string File = "(a file)";

    /// <summary>What calls of the API send, by the name of the endpoint; others send an empty object.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/projects"] = """{"name":"New name"}""",
        ["PATCH /api/v1/projects/{id:int}"] = """{"name":"New name"}""",
        ["POST /api/v1/projects/{id:int}/tasks"] = """{"title":"New task"}""",
        ["PATCH /api/v1/tasks/{id:int}"] = """{"title":"New title"}""",
        ["POST /api/v1/tasks/{id:int}/move"] = """{"status":"done"}""",
        ["POST /api/v1/tasks/{id:int}/checklists"] = """{"name":"New checklist"}""",
        ["PATCH /api/v1/checklists/{id:int}"] = """{"name":"New name"}""",
        ["POST /api/v1/checklists/{id:int}/items"] = """{"text":"New item"}""",
        ["POST /api/v1/projects/{id:int}/comments"] = """{"body":"New words"}""",
        ["POST /api/v1/tasks/{id:int}/comments"] = """{"body":"New words"}""",
        ["PATCH /api/v1/comments/{id:int}"] = """{"body":"New words"}""",
        ["POST /api/v1/imports"] = File,
        ["POST /api/v1/imports/{id:int}/start"] = """{"people":[{"id":"x"}]}""",
        ["PUT /api/v1/projects/{id:int}/rating"] = """{"stars":4}""",
        ["POST /api/v1/webhooks"] = """{"name":"New","url":"https://example.com/","events":["*"]}""",
        ["PATCH /api/v1/webhooks/{id:int}"] = """{"name":"New name"}""",
        ["PATCH /api/v1/checklist-items/{id:int}"] = """{"isDone":true}""",
    };

    /// <summary>Endpoints that find nothing in the matrix, for whoever they let in.</summary>
    private static readonly HashSet<string> Absent = new(StringComparer.Ordinal)
    {
        "GET /backups/{name}",
        "GET /api/v1/backups/{name}",
        "GET /api/v1/backups/{name}/content",
        "POST /people/{id:int}/sessions (End)",
        "POST /people/{id:int}/sessions (Revoke)",
        "DELETE /api/v1/people/{id:int}/sessions/{sessionId:int}",
        "DELETE /api/v1/people/{id:int}/tokens/{tokenId:int}",
        "POST /backups/{name}",
        "POST /api/v1/ratings/{id:int}/restore",
        "POST /trash/{handler:regex(^restore$)?} (Restore)",
    };

    /// <summary>What has to be so before, as SQL, by the handler's name and the table, or by the endpoint's.</summary>
    private static readonly Dictionary<string, string> Before = new(StringComparer.Ordinal)
    {
        ["comments/Restore"] = "UPDATE Interactions SET DeletedAt = CreatedAt, DeletedById = AuthorId",
        ["POST /api/v1/comments/{id:int}/restore"] = "UPDATE Interactions SET DeletedAt = CreatedAt, DeletedById = AuthorId",
    };

    public static IReadOnlyDictionary<string, string> ParametersOf(GuardedEndpoint endpoint) =>
        Parameters.Where(p => p.Key.StartsWith($"{endpoint.Root}/", StringComparison.Ordinal))
            .ToDictionary(p => p.Key[(endpoint.Root.Length + 1)..], p => p.Value, StringComparer.Ordinal);

    public static (string Name, string Value)[] FormOf(GuardedEndpoint endpoint) => Forms.GetValueOrDefault(endpoint.Name, []);

    /// <summary>Null for what is no call of the API, or sends nothing.</summary>
    public static string? BodyOf(GuardedEndpoint endpoint) =>
        endpoint.IsApi && endpoint.Method != "GET" ? Bodies.GetValueOrDefault(endpoint.Name, "{}") : null;

    public static string? BeforeOf(GuardedEndpoint endpoint) => Before.GetValueOrDefault($"{endpoint.Root}/{endpoint.Handler}") ?? Before.GetValueOrDefault(endpoint.Name);

    /// <summary>Links that are dead, keys that nobody has, ways of signing in that are not set up.</summary>
    public static bool MayFindNothing(GuardedEndpoint endpoint) =>
        endpoint.Right is Right.Anything or Right.OwnAccount || Absent.Contains(endpoint.Name);

    /// <summary>What is said of endpoints that are no more.</summary>
    public static IEnumerable<string> Left(IEnumerable<GuardedEndpoint> endpoints) =>
        Forms.Keys.Concat(Bodies.Keys).Concat(Absent).Except(endpoints.Select(e => e.Name), StringComparer.Ordinal);

    /// <summary>Records that are no project's, to which everybody stands alike.</summary>
    public static async Task AddOthersAsync(CrmHost host, MatrixRecords records, Person admin, Person somebody)
    {
        await host.SaveAsync(db => db.Invitations.Add(Invitation.Create("x", Role.Client, null, null, null, admin.Id, host.Now)));
        var webhook = Webhook.Create("x", "", "https://example.com/", ["task.created"], "x", admin.Id, host.Now);
        webhook.Pause(host.Now);
        await host.SaveAsync(db => db.Webhooks.Add(webhook));
        await host.SaveAsync(db => db.WebhookDeliveries.Add(WebhookDelivery.Of(webhook.Id, "msg_x", "task.created", "{}", host.Now)));
        records.Add("webhooks", webhook.Id, Right.RunWorkspace);
        records.Add("people", somebody.Id, Right.RunWorkspace);
        records.Add("invitations", 1, Right.RunWorkspace);
        records.Add("auth", somebody.Id, Right.OwnAccount);
        records.Add("reset", somebody.Id, Right.Anything);
        records.Add("email", somebody.Id, Right.Anything);
    }
}
