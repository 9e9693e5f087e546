using System.Text;
using System.Text.Json;

namespace Crm.Web;

/// <summary>The answer to a call that was carried out, to be given again when the call is sent again.</summary>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string? ETag, string Body)
{
    /// <summary>As JSON, in characters. A longer answer is not kept; the repeated call is told so.</summary>
    public const int Longest = 256 * 1024;

    /// <param name="body">All that was written to it.</param>
    public static KeptAnswer Of(HttpResponse response, ReadOnlySpan<byte> body) => new(
        response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag, Encoding.UTF8.GetString(body));

    public static KeptAnswer? Read(string? text) => text is null ? null : JsonSerializer.Deserialize<KeptAnswer>(text);

    /// <returns>Null when it is too long to be kept.</returns>
    public string? ToText() => JsonSerializer.Serialize(this) is { Length: <= Longest } text ? text : null;

    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.Headers.Location = Location;
        response.Headers.ETag = ETag;
        response.Headers["Idempotency-Replayed"] = "true";
        return Body.Length == 0 ? Task.CompletedTask : response.WriteAsync(Body, context.RequestAborted);
    }
}
