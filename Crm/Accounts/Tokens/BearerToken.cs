namespace Crm.Accounts.Tokens;

/// <summary>
/// What a program shows in place of a cookie. Each kind begins with letters of its own: so it is told apart, none is taken for
/// another, and scanners for leaked secrets know it.
/// </summary>
public static class BearerToken
{
    /// <summary>Of a session of calls: good for <see cref="Session.AccessLifetime"/>.</summary>
    public const string Access = "crm_at_";

    /// <summary>Of a session of calls: good for another pair, once.</summary>
    public const string Refresh = "crm_rt_";

    /// <summary>See <see cref="PersonalToken"/>.</summary>
    public const string Personal = "crm_pat_";

    public static string Make(string kind) => kind + Secret.Make();
}

/// <summary>The two tokens that a session of calls has at a time.</summary>
public sealed record CallTokens(string Access, string Refresh)
{
    private const int FamilyLength = 22;

    /// <param name="family">Of the session that goes on; null for a new one.</param>
    public static CallTokens Make(string? family = null) =>
        new(BearerToken.Make(BearerToken.Access), BearerToken.Refresh + (family ?? Secret.Make()[..FamilyLength]) + Secret.Make());

    /// <summary>What all refresh tokens of a session have in common, so that an old one is known as such.</summary>
    /// <returns>Null for what is no refresh token.</returns>
    public static string? FamilyOf(string refresh) =>
        refresh.StartsWith(BearerToken.Refresh, StringComparison.Ordinal) && refresh.Length > BearerToken.Refresh.Length + FamilyLength
            ? refresh.Substring(BearerToken.Refresh.Length, FamilyLength)
            : null;
}
