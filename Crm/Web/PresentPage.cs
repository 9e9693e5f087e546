using Htmx;

namespace Crm.Web;

/// <summary>The page that somebody looks at while their browser asks: a fragment and the target of a form are none.</summary>
public static class PresentPage
{
    /// <returns>An address on this site.</returns>
    public static string Of(HttpRequest request)
    {
        if (request.IsHtmx(out var htmx))
        {
            return Local(htmx?.CurrentUrl?.ToString());
        }

        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? request.PathBase + request.Path + request.QueryString
            : Local(request.Headers.Referer);
    }

    private static string Local(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && LocalAddress.IsLocal(uri.PathAndQuery) ? uri.PathAndQuery : "/";
}
