using Microsoft.AspNetCore.Identity;

namespace Crm.Accounts.Security;

public static class SecurityServices
{
    /// <summary>Second factors and passkeys.</summary>
    public static IServiceCollection AddCrmSecondFactors(this IServiceCollection services)
    {
        services.AddSingleton<ShortCookie>().AddSingleton<SecondFactorFirst>();
        services.AddScoped<PendingSignIn>().AddScoped<SecondFactors>().AddScoped<SecurityMail>().AddScoped<OwnSecurity>();
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>().AddScoped<Passkeys>().AddScoped<PasskeyDoor>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // The passkey says who it belongs to, and its owner has shown themselves to the device: both factors at once.
            options.ResidentKeyRequirement = "required";
            options.UserVerificationRequirement = "required";
        });
        return services;
    }
}
