using Crm.Accounts;
using Crm.Accounts.Security;
using Crm.Data;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounts.Security;

/// <summary>People who have an authenticator app.</summary>
internal static class SecondFactorSetting
{
    /// <returns>The app's key and the recovery codes.</returns>
    public static async Task<(string Key, IReadOnlyList<string> Codes)> AddAuthenticatorAsync(this CrmHost host, Person person)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var factors = scope.ServiceProvider.GetRequiredService<SecondFactors>();
        var known = await db.People.SingleAsync(p => p.Id == person.Id);
        var key = Totp.MakeKey();
        await factors.PutAuthenticatorAsync(known, key, -1, CancellationToken.None);
        return (key, await factors.MakeRecoveryCodesAsync(known, CancellationToken.None));
    }

    /// <summary>What the app shows now.</summary>
    public static string Code(this CrmHost host, string key) => Totp.CodeAt(key, host.Now);

    public static Task<Answer> GivePasswordAsync(this Visitor visitor, Person person, string returnUrl = "/projects") =>
        visitor.PostAsync("/sign-in", ("Email", person.Email!), ("Password", CrmHost.Password), ("ReturnUrl", returnUrl));

    /// <summary>Sends the form of the page that is asked for by address, with the values of its hidden fields.</summary>
    public static Task<Answer> SendCodeAsync(this Visitor visitor, string code, string returnUrl = "/projects", bool recovery = false) =>
        visitor.PostAsync("/sign-in/code", ("Code", code), ("ReturnUrl", returnUrl), ("Recovery", recovery ? "true" : "false"));
}
