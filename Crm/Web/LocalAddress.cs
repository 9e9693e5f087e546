namespace Crm.Web;

/// <summary>Addresses of this site: the only ones that a request may say where to go on.</summary>
public static class LocalAddress
{
    /// <summary>A path of this site, never one that a browser reads as another host.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);

    /// <summary>Path and query of the page that the request comes from, if it is one of this site.</summary>
    public static string? OfReferer(HttpRequest request) => Of(request, request.Headers.Referer);

    /// <summary>Path and query of an absolute address, if it is one of this site.</summary>
    public static string? Of(HttpRequest request, string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Authority == request.Host.Value && IsLocal(uri.PathAndQuery)
            ? uri.PathAndQuery
            : null;
}
