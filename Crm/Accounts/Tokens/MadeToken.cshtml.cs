using Crm.Web;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Crm.Accounts.Tokens;

/// <summary>Shows a new token, once.</summary>
[Needs(Right.OwnAccount)]
public sealed class MadeTokenModel : CrmPage
{
    public ShownToken? Token { get; private set; }

    public void OnGet() => Token = ShownToken.Take(TempData);
}

/// <summary>Carries a new token to the page that shows it: it is nowhere else in the clear.</summary>
public sealed record ShownToken(string Name, string Secret)
{
    private const string NameKey = "token.name";
    private const string SecretKey = "token.secret";

    public static void Put(ITempDataDictionary data, string name, string secret) => (data[NameKey], data[SecretKey]) = (name, secret);

    public static ShownToken? Take(ITempDataDictionary data) => data[NameKey] is string name && data[SecretKey] is string secret ? new ShownToken(name, secret) : null;
}
