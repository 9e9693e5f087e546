using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;

namespace Crm.Web.Api;

/// <summary>Gives every bare status of the API its problem details. Pages have theirs from <see cref="ErrorHandling"/>.</summary>
public static partial class ApiErrors
{
    public static async Task WriteAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.IsApi())
        {
            await next(context);
            return;
        }

        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        await next(context);
        var response = context.Response;
        if (response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
        {
            var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
            response.Headers.RetryAfter = response.StatusCode == StatusCodes.Status503ServiceUnavailable ? "5" : response.Headers.RetryAfter;
            await Problems.WriteAsync(context, response.StatusCode, context.Items[ErrorMessage.Key] as string ?? Detail(response.StatusCode, exception), FieldsOf(exception));
        }
    }

    private static string? Detail(int status, Exception? exception) => exception switch
    {
        BadInputException bad => bad.Message,
        _ => Unavailable.Message(status, exception)?.Advice,
    };

    /// <summary>Which property or parameter could not be read.</summary>
    private static Dictionary<string, string[]>? FieldsOf(Exception? exception) => exception switch
    {
        BadInputException bad => new() { [bad.Field] = [bad.Message] },
        BadHttpRequestException { InnerException: JsonException json } when PathOf(json) is { Length: > 0 } path =>
            new() { [path] = ["This property cannot be read: it is not known, is there twice, or has a value of another type."] },
        BadHttpRequestException { InnerException: JsonException } => new() { ["body"] = ["This cannot be read as JSON, or is not of the kind that the operation takes."] },
        BadHttpRequestException bad when NoBody().IsMatch(bad.Message) => new() { ["body"] = ["Send JSON: the operation takes a body."] },
        BadHttpRequestException bad when Unreadable().Match(bad.Message) is { Success: true } match =>
            new() { [ApiJson.Name(match.Groups["name"].Value)] = ["This value cannot be read, or is missing."] },
        _ => null,
    };

    private static string PathOf(JsonException json) =>
        Unmapped().Match(json.Message) is { Success: true } match ? match.Groups["name"].Value : json.Path?.TrimStart('$', '.') ?? "";

    // The framework's words, such as: Failed to bind parameter "Nullable<int> limit" from "x".
    [GeneratedRegex("parameter \"(?:[^\"]* )?(?<name>\\w+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unreadable();

    [GeneratedRegex("not provided from body|no body was provided", RegexOptions.None, 1000)]
    private static partial Regex NoBody();

    [GeneratedRegex("The JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unmapped();
}
