using Microsoft.AspNetCore.Authentication;

namespace Crm.Accounts;

/// <summary>The first step of a session.</summary>
public static class SigningIn
{
    private const string Method = "method";
    private const string SecondFactor = "second-factor";

    /// <summary>Starts a session, writes it into the history of sign-ins and marks the browser. Call within a write transaction.</summary>
    public static async Task SignInAsync(this HttpContext context, Person person, SignInMethod method, bool hasSecondFactor = false)
    {
        var properties = new AuthenticationProperties { Items = { [Method] = method.ToString(), [SecondFactor] = hasSecondFactor ? "1" : null } };
        await context.SignInAsync(CurrentUser.Scheme, CurrentUser.Of(person).ToPrincipal(), properties);
        await context.RequestServices.GetRequiredService<SignInLog>().SignedInAsync(person, method, isBrowser: true, context.RequestAborted);
    }

    internal static SignInMethod MethodOf(AuthenticationProperties properties) =>
        Enum.TryParse<SignInMethod>(properties.Items.TryGetValue(Method, out var name) ? name : null, out var method) ? method : SignInMethod.Password;

    internal static bool HasSecondFactor(AuthenticationProperties properties) => properties.Items.TryGetValue(SecondFactor, out var mark) && mark is not null;
}
