using System.Globalization;

namespace Crm.Accounts.Security;

/// <summary>Whose password was good a moment ago, and who still has to give their second factor. There is no session yet.</summary>
public sealed class PendingSignIn(ShortCookie cookie)
{
    public const string Path = "/sign-in/code";

    private const string CookieName = "crm-code";

    /// <summary>True when the present request led to the question for the second factor.</summary>
    public bool HasBegun { get; private set; }

    public void Begin(HttpContext context, Person person)
    {
        cookie.Write(context, CookieName, string.Create(CultureInfo.InvariantCulture, $"{person.Id} {person.SecurityStamp}"));
        HasBegun = true;
    }

    /// <returns>Null when nobody gave a password within the last ten minutes.</returns>
    public Pending? Find(HttpContext context) =>
        cookie.Read(context, CookieName)?.Split(' ', 2) is [var id, var stamp] ? new Pending(int.Parse(id, CultureInfo.InvariantCulture), stamp) : null;

    public static void End(HttpContext context) => ShortCookie.Forget(context, CookieName);
}

/// <param name="Stamp">As it was when the password was good: a new password since then ends this sign-in.</param>
public sealed record Pending(int PersonId, string Stamp);
