using Crm.Accounts.Security;
using Crm.Accounts.Tokens;
using Crm.Admin;
using Crm.Data;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Crm.Accounts;

public static class AccountServices
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA512.</summary>
    private const int PasswordIterations = 210_000;

    public static IServiceCollection AddCrmAccounts(this IServiceCollection services, DataFolder folder)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider => CurrentUser.From(provider.GetRequiredService<IHttpContextAccessor>().HttpContext!.User));
        services.AddSingleton<Sessions>().AddSingleton<KnownUsers>();
        services.AddSingleton<WorkspaceCache>();
        services.AddDataProtection().KeepKeysIn(folder).SetApplicationName("Crm");
        services.AddIdentityCore<Person>(Rules).AddEntityFrameworkStores<CrmDb>().AddDefaultTokenProviders();
        services.RemoveAll<IPasswordValidator<Person>>().AddScoped<IPasswordValidator<Person>, PasswordRules>();
        services.AddDailyWork("old sign-ins", OldSignIns.DeleteAsync);
        services.AddDailyWork("ended sessions", OldSignIns.DeleteSessionsAsync);
        services.AddScoped<EmailChanges>().AddScoped<DeviceMark>().AddScoped<NewDeviceMail>().AddScoped<SignInLog>();
        services.AddScoped<Passwords>().AddScoped<Credentials>().AddScoped<Arrivals>().AddScoped<PasswordResets>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordIterations);
        services.AddAuthentication().AddCookie(CurrentUser.Scheme);
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookie>();
        services.AddScoped<Confirmation>();
        services.AddCrmSecondFactors();
        services.AddCrmTokens();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new RightsPolicy()).Build());
        services.AddSingleton<IAuthorizationHandler, RightsPolicy>();
        services.Configure<MvcOptions>(options => options.Filters.Add(new RightsFilter()));
        services.Configure<MvcOptions>(options => options.Filters.Add(new AskAgainFilter()));
        return services;
    }

    private static void Rules(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.AllowedUserNameCharacters = "";
    }
}
