namespace Crm.Web;

/// <summary>What every answer forbids the browser to do.</summary>
public static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

    /// <summary>Not to be preloaded: that is for the owner of the domain to decide, and hard to take back.</summary>
    private const string OnlyHttps = "max-age=31536000; includeSubDomains";

    /// <summary>All that a browser could do and this program has no use for. Copying a link and passkeys are its own.</summary>
    private static readonly string Permissions = string.Join(", ", new[]
    {
        "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "clipboard-read", "compute-pressure", "cross-origin-isolated", "display-capture",
        "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "keyboard-map", "local-fonts",
        "magnetometer", "microphone", "midi", "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb",
        "window-management", "xr-spatial-tracking",
    }.Select(name => $"{name}=()")) + ", clipboard-write=(self), publickey-credentials-create=(self), publickey-credentials-get=(self)";

    /// <summary>For a page whose own scripts and styles carry this nonce.</summary>
    public static string WithNonce(string nonce) =>
        Policy.Replace("script-src 'self'", $"script-src 'self' 'nonce-{nonce}'", StringComparison.Ordinal).Replace("style-src 'self'", $"style-src 'self' 'nonce-{nonce}'", StringComparison.Ordinal);

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            Set(context.Request, context.Response.Headers);
            return Task.CompletedTask;
        });
        return next(context);
    });

    private static void Set(HttpRequest request, IHeaderDictionary headers)
    {
        // A file that somebody uploaded brings a stricter one.
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = Policy;
        }

        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        // A browser would remember this of "localhost" for everything else that runs there.
        if (request.IsHttps && request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            headers.StrictTransportSecurity = OnlyHttps;
        }

        headers.Append("Vary", "HX-Request");
    }
}
