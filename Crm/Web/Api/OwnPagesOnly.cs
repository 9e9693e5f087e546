using Crm.Accounts;

namespace Crm.Web.Api;

/// <summary>
/// A browser's session may be used for calls by this site's own pages alone. Another site could send a call along with the
/// cookie, and a call carries no token of a form.
/// </summary>
public static class OwnPagesOnly
{
    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isRead || !request.IsApi() || request.Headers.Authorization.Count > 0 || !CurrentUser.From(context.User).IsSignedIn || IsOwn(request))
        {
            return next(context);
        }

        return Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "A browser's session works for calls from this site's own pages only. Use an access token.");
    }

    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
            ? string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"] == "same-origin";
}
