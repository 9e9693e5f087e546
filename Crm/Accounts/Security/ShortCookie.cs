using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Crm.Accounts.Security;

/// <summary>
/// Keeps in the browser, for ten minutes, what one step has to know of the one before. Nobody else can read or make it.
/// </summary>
public sealed class ShortCookie(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public void Write(HttpContext context, string name, string text)
    {
        var until = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Cookies.Append(name, ProtectorFor(name).Protect($"{until} {text}"), Options(context));
    }

    /// <returns>Null when there is none, or it is too old or not ours.</returns>
    public string? Read(HttpContext context, string name)
    {
        if (context.Request.Cookies[name] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            var parts = ProtectorFor(name).Unprotect(cookie).Split(' ', 2);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) >= time.GetUtcNow().ToUnixTimeSeconds() ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static void Forget(HttpContext context, string name) => context.Response.Cookies.Delete(name, Options(context));

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };

    private IDataProtector ProtectorFor(string name) => protection.CreateProtector("Crm.ShortCookie", name);
}
