
namespace Crm.Web.Api;

/// <summary>Writes problem details (RFC 9457): what went wrong, in which field, and a number to ask an admin about.</summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    private static readonly Dictionary<int, (string Title, string Detail)> Words = new()
    {
        [400] = ("The request cannot be read", "Send what the documentation of this operation says."),
        [401] = ("Not signed in", "Send an access token as 'Authorization: Bearer …'. It may be missing, mistyped, ended or expired."),
        [403] = ("Not allowed", "Your role, your token or the state of the record does not allow that. What is archived has to be brought back before it can be changed."),
        [404] = ("Not found", "There is nothing here, it was deleted, or it is not shared with you."),
        [405] = ("Method not allowed", "The header Allow says which methods this address knows."),
        [409] = ("Conflict", "The record has changed in the meantime. Read it again and try once more."),
        [410] = ("Too late", "It was deleted more than 30 days ago and is not brought back any more."),
        [412] = ("Changed in the meantime", "The record is not the one that If-Match names any more. Read it again and decide anew."),
        [413] = ("Too large", "Send less at once."),
        [415] = ("Unsupported media type", "Send JSON, and say so in Content-Type."),
        [422] = ("Invalid", "Something is missing or wrong; 'errors' says where."),
        [429] = ("Too many requests", "Wait as long as Retry-After says, in seconds."),
        [503] = ("Unavailable for the moment", "Nothing was changed. Wait as long as Retry-After says, in seconds, and send it again."),
    };

    private static readonly (string Title, string Detail) Unknown =
        ("Something went wrong here", "It is our fault, and nothing was saved. Try again in a moment; if it stays, tell an admin the traceId.");

    /// <param name="detail">Null for the usual words of the status.</param>
    public static Task WriteAsync(HttpContext context, int status, string? detail = null, IDictionary<string, string[]>? errors = null)
    {
        var usual = Usual(status);
        var problem = usual with { Detail = detail ?? usual.Detail, TraceId = context.TraceIdentifier, Errors = errors };
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Options, ContentType, context.RequestAborted);
    }

    /// <summary>What is said of a status when there is nothing more to say.</summary>
    internal static Problem Usual(int status)
    {
        var (title, detail) = Words.GetValueOrDefault(status, Unknown);
        return new Problem($"https://www.rfc-editor.org/rfc/rfc9110#status.{status}", title, status, detail, "");
    }
}

/// <summary>What went wrong (RFC 9457).</summary>
/// <param name="Type">Says what the status means.</param>
/// <param name="Title">The same for every problem of this kind.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Detail">What is wrong this time and what to do.</param>
/// <param name="TraceId">Names the request in the server's log.</param>
/// <param name="Errors">Sentences by the name of the property or parameter that they are about.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string TraceId,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] IDictionary<string, string[]>? Errors = null);
