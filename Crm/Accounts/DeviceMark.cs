using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Crm.Accounts;

/// <summary>
/// A cookie that tells in which browsers somebody has signed in before, so that guessing elsewhere does not keep them out of
/// these. It proves nothing else. With other keys than it was made with, the browser is simply unknown again.
/// </summary>
public sealed class DeviceMark(IDataProtectionProvider protection, IHttpContextAccessor http)
{
    public const string CookieName = "crm-device";

    private const int MostPeople = 10;

    private readonly IDataProtector _protector = protection.CreateProtector("Crm.DeviceMark");

    /// <returns>Null when the person has not signed in in this browser before.</returns>
    public string? HashFor(int personId) => Read() is { } mark && mark.People.Contains(personId) ? Secret.Hash(mark.Id) : null;

    /// <summary>From now on this browser is one that the person has used.</summary>
    public void Put(int personId)
    {
        if (http.HttpContext is not { } context)
        {
            return;
        }

        var present = Read();
        var people = (present?.People ?? []).Where(id => id != personId).Prepend(personId).Take(MostPeople);
        var text = $"{present?.Id ?? Secret.Make()} {string.Join(' ', people.Select(id => id.ToString(CultureInfo.InvariantCulture)))}";
        context.Response.Cookies.Append(NameFor(context.Request), _protector.Protect(text), new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
    }

    private (string Id, int[] People)? Read()
    {
        if (http.HttpContext?.Request is not { } request || request.Cookies[NameFor(request)] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(cookie).Split(' ');
            return (parts[0], [.. parts.Skip(1).Select(id => int.Parse(id, CultureInfo.InvariantCulture))]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-" + CookieName : CookieName;
}
