namespace Crm.Accounts.Tokens;

/// <summary>A personal access token, without its secret.</summary>
/// <param name="LastFour">The last four characters of the token, to tell it from others.</param>
/// <param name="ExpiresAt">Since then it opens nothing; it stays in the list for a while.</param>
/// <param name="LastUsedAt">To five minutes; null as long as nobody has used it.</param>
/// <param name="LastAddress">IP address that it was last used from.</param>
public sealed record TokenResource(
    int Id, string Name, TokenScope Scope, string LastFour, DateTime CreatedAt, DateTime ExpiresAt, DateTime? LastUsedAt, string? LastAddress)
{
    internal static TokenResource Of(PersonalToken token) =>
        new(token.Id, token.Name, token.Scope, token.LastFour, token.CreatedAt, token.ExpiresAt, token.LastUsedAt, token.LastAddress);
}

/// <summary>A personal access token that was just made.</summary>
/// <param name="Token">Goes with each call as <c>Authorization: Bearer …</c>. It is shown this once.</param>
public sealed record MadeToken(string Token, int Id, string Name, TokenScope Scope, string LastFour, DateTime CreatedAt, DateTime ExpiresAt);
