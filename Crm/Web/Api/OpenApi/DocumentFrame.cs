using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>
/// Makes the framework's description of the endpoints whole: what the API is, its parts, how to sign in, and of each operation
/// and record what the code says.
/// </summary>
internal sealed class DocumentFrame(SchemaNames names) : IOpenApiDocumentTransformer
{
    public const string Bearer = "bearer";
    public const string Session = "session";

    private const string Description = """
        Everything that the pages of Crm do, for programs: the same records, the same rules, the same rights.

        Requests and answers are JSON with names in camel case. Moments are ISO 8601 in UTC (`2026-06-01T09:00:00Z`), days are `yyyy-MM-dd` in the workspace's time zone.
        Whatever goes wrong is told as problem details ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)): nothing was changed then.
        Answers may come to hold further properties at any time; take no notice of those that you do not know.
        """;

    /// <summary>In the order in which they are read.</summary>
    private static readonly (string Name, string Words)[] Tags =
    [
        ("Auth", "Sign in for a token, keep it fresh, sign out; the caller's own account."),
        ("Tokens", "Personal access tokens: for programs that run on their own."),
        ("Projects", "The work: owner, members, status, dates, progress."),
        ("Members", "Who is on a project."),
        ("Tasks", "The pieces of a project's work."),
        ("Checklists", "The steps of a task."),
        ("Comments", "What is said on projects and tasks."),
        ("Ratings", "One to five stars for a project, with a few words."),
        ("Dashboard", "What is late or due, and how the projects stand."),
        ("History", "Who changed what, when, from what to what."),
        ("Trash", "What was deleted in the last 30 days, and bringing it back."),
        ("People", "The people of the workspace."),
        ("Invitations", "Links that let people in."),
        ("Sessions", "Where somebody is signed in."),
        ("Imports", "Bringing in boards from elsewhere."),
        ("Workspace", "What holds for everybody."),
        ("Backups", "Snapshots of the database."),
        ("System", "How the program itself does."),
        ("Webhooks", "Telling other programs what happens here."),
    ];

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        AddFrame(document);
        document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken));
        ApiHeaders.AddShared(document);
        Answers.AddShared(document);

        var docs = Docstrings.Read();
        var operations = Operation.Of(document).ToList();
        var examples = new Examples();
        var words = new OperationWords(document, docs, examples);
        var answers = new Answers(document, docs);
        new Schemas(document, names, docs).Complete(operations);
        foreach (var operation in operations)
        {
            words.Complete(operation);
            answers.Complete(operation);
            ApiHeaders.AddParameters(operation, document);
        }

        examples.Complete(document, operations);
        Tidy(document);
    }

    private static void AddFrame(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Crm",
            Version = typeof(DocumentFrame).Assembly.GetName().Version!.ToString(3),
            Description = Description.ReplaceLineEndings("\n"),
            Contact = new OpenApiContact { Name = "Whoever runs this workspace" },
            License = new OpenApiLicense { Name = "MIT licence", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "Where this document lies." }];
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An access token from `POST /api/v1/auth/login`, which lasts for minutes, or a personal access token, made on the page *Access tokens* or with the API, which lasts until it expires or is revoked.",
        });
        document.AddComponent(Session, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = "crm-session",
            Description = "The session of a browser, for this site's own pages: the documentation's *try it* uses it. Over HTTPS the cookie is called `__Host-crm-session`.",
        });
    }

    private static void Tidy(OpenApiDocument document)
    {
        var used = Operation.Of(document).SelectMany(o => o.Shape.Tags ?? new HashSet<OpenApiTagReference>()).Select(t => t.Reference.Id!).ToHashSet(StringComparer.Ordinal);
        document.Tags = Tags.Where(t => used.Contains(t.Name)).Select(t => new OpenApiTag { Name = t.Name, Description = t.Words })
            .Concat(used.Except(Tags.Select(t => t.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(t => new OpenApiTag { Name = t })).ToHashSet();
        document.Components!.Schemas = new SortedDictionary<string, IOpenApiSchema>(document.Components.Schemas!.ToDictionary(), StringComparer.Ordinal);
    }
}
