using Crm.Accounts;
using Crm.Accounts.Tokens;

namespace Crm.Tests.Host;

/// <summary>Personal access tokens of people.</summary>
internal static class ProgramTokens
{
    /// <returns>The token as its owner was shown it.</returns>
    public static async Task<string> AddTokenAsync(this CrmHost host, Person person, TokenScope scope, int days = 30, bool hasSecondFactor = false)
    {
        var secret = BearerToken.Make(BearerToken.Personal);
        var owner = CurrentUser.Of(person) with { HasSecondFactor = hasSecondFactor };
        await host.SaveAsync(db => db.PersonalTokens.Add(PersonalToken.Make(secret, new NewToken { Name = "Export", Scope = scope, ExpiresInDays = days }, owner, host.Now)));
        return secret;
    }
}
