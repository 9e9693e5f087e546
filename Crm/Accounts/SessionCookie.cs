using Htmx;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Crm.Accounts;

/// <summary>How a browser carries its session, and what happens to a request that carries none.</summary>
public sealed class SessionCookie(Sessions sessions, TimeProvider time) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string SignInPath = "/sign-in";

    public void Configure(CookieAuthenticationOptions options) => Configure(CurrentUser.Scheme, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        options.SessionStore = sessions;
        options.TimeProvider = time;
        options.CookieManager = new HostPrefixedCookies();
        options.Cookie.Name = "crm-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Session.Lifetime;
        options.SlidingExpiration = false;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnRedirectToLogin = AskToSignIn;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>htmx would follow a redirect and put the sign-in page into the fragment; it is sent to the page instead.</summary>
    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!context.Request.IsHtmx(out var htmx))
        {
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }

        var page = Uri.TryCreate(htmx?.CurrentUrl?.ToString(), UriKind.Absolute, out var current) ? current.PathAndQuery : "/";
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers["HX-Redirect"] = SignInPath + QueryString.Create("returnUrl", page);
        return Task.CompletedTask;
    }

    /// <summary>Over HTTPS the cookie's name starts with <c>__Host-</c>, so that no other host can plant one.</summary>
    private sealed class HostPrefixedCookies : ICookieManager
    {
        private readonly ChunkingCookieManager _inner = new();

        public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Name(context, key));

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
            _inner.AppendResponseCookie(context, Name(context, key), value, options);

        public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
            _inner.DeleteCookie(context, Name(context, key), options);

        private static string Name(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;
    }
}
