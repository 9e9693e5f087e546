using Crm.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Crm.Accounts.SingleSignOn;

public static class SingleSignOnServices
{
    public static IServiceCollection AddCrmSingleSignOn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<OidcSettings>();
        services.AddScoped<Provider>().AddScoped<ProviderDoor>();
        var settings = configuration.GetSection(SettingsAttribute.SectionOf(typeof(OidcSettings))).Get<OidcSettings>() ?? new OidcSettings();
        if (settings.IsComplete)
        {
            services.AddAuthentication()
                .AddCookie(Provider.AnswerScheme, Remember)
                .AddOpenIdConnect(Provider.Scheme, options => Ask(options, settings));
        }

        return services;
    }

    /// <summary>What the provider said is kept for ten minutes, until a page has judged it. It is no session.</summary>
    private static void Remember(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "crm-sso";
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Security.ShortCookie.Lifetime;
        options.SlidingExpiration = false;
    }

    private static void Ask(OpenIdConnectOptions options, OidcSettings settings)
    {
        options.Authority = settings.Authority;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        // An address without TLS is good on the machine itself alone.
        options.RequireHttpsMetadata = !(Uri.TryCreate(settings.Authority, UriKind.Absolute, out var authority) && authority.IsLoopback);
        options.SignInScheme = Provider.AnswerScheme;
        options.CallbackPath = "/sign-in/sso/callback";
        options.RemoteSignOutPath = "/sign-in/sso/none";
        options.SignedOutCallbackPath = "/sign-in/sso/none-either";
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes as an address, so that cookies that stay with this site (SameSite) are sent with it.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.BackchannelTimeout = TimeSpan.FromSeconds(10);
        options.Scope.Clear();
        foreach (var scope in new[] { "openid", "profile", "email" })
        {
            options.Scope.Add(scope);
        }

        options.ClaimActions.MapUniqueJsonKey(Answer.EmailVerified, Answer.EmailVerified);
        options.TokenValidationParameters = new TokenValidationParameters { NameClaimType = "name" };
        options.CorrelationCookie.Name = "crm-sso-state.";
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        options.Events.OnTokenValidated = context =>
        {
            var identity = (System.Security.Claims.ClaimsIdentity)context.Principal!.Identity!;
            identity.AddClaim(new(Answer.IssuerClaim, context.SecurityToken.Issuer));
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            var isCancelled = context.Failure?.Data["error"] as string == "access_denied";
            context.Response.Redirect(isCancelled ? "/sign-in/sso/failed?why=cancelled" : "/sign-in/sso/failed");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }
}
