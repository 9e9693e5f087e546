using Microsoft.AspNetCore.Authentication;

namespace Crm.Accounts.Tokens;

public static class BearerServices
{
    /// <summary>Decides with each request whether its cookie or its token says who sends it.</summary>
    private const string Either = "either";

    /// <summary>Sessions of programs, and personal access tokens.</summary>
    public static IServiceCollection AddCrmTokens(this IServiceCollection services)
    {
        services.AddAuthentication(Either)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = BearerHandler.Choose);
        services.AddSingleton<LastSeen>();
        services.AddScoped<CallSessions>().AddScoped<CallSignIn>().AddScoped<PersonalTokens>();
        return services;
    }
}
