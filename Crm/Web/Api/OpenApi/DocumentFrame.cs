using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>What stands around the operations: what the API is, where it lies and what its parts are about.</summary>
public sealed class DocumentFrame : IOpenApiDocumentTransformer
{
    private const string Description = """
        Everything that the pages of Crm do, for programs: the same records, the same rules, the same rights.

        Requests and answers are JSON with names in camel case. Moments are ISO 8601 in UTC (`2026-06-01T09:00:00Z`), days are `yyyy-MM-dd` in the workspace's time zone.
        Whatever goes wrong is told as problem details ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)): nothing was changed then.
        Answers may come to hold further properties at any time; take no notice of those that you do not know.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
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
        return Task.CompletedTask;
    }
}
