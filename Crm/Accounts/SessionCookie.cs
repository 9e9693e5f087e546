using System.Security.Claims;
using Crm.Web;
using Crm.Web.Api;
using Htmx;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Crm.Accounts;

/// <summary>How a browser carries its session, and what happens to a request that carries none.</summary>
public sealed class SessionCookie(Sessions sessions, TimeProvider time) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string SignInPath = "/sign-in";

    /// <summary>Where the framework's cookie keeps the key of a session that is stored elsewhere.</summary>
    private const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    public void Configure(CookieAuthenticationOptions options) => Configure(CurrentUser.Scheme, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != CurrentUser.Scheme)
        {
            return;
        }

        options.SessionStore = sessions;
        options.TimeProvider = time;
        options.Cookie.Name = "crm-session";
        options.Cookie.Path = "/";
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

    /// <summary>Has the browser carry another key of its session from now on.</summary>
    public static void Replace(HttpContext context, string key)
    {
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CurrentUser.Scheme);
        var identity = new ClaimsIdentity([new Claim(KeyClaim, key, ClaimValueTypes.String, options.ClaimsIssuer)], options.ClaimsIssuer);
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), CurrentUser.Scheme);
        options.CookieManager.AppendResponseCookie(context, options.Cookie.Name!, options.TicketDataFormat.Protect(ticket), options.Cookie.Build(context));
    }

    /// <summary>htmx would follow a redirect and put the sign-in page into the fragment; it is sent to the page instead.</summary>
    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.IsApi())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Task.CompletedTask;
        }

        var address = SignInPath + QueryString.Create("returnUrl", PresentPage.Of(context.Request));
        if (context.Request.IsHtmx())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers["HX-Redirect"] = address;
        }
        else
        {
            context.Response.Redirect(address);
        }

        return Task.CompletedTask;
    }
}
