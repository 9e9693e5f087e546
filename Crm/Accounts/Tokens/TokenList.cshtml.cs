using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts.Tokens;

/// <summary>One's own personal access tokens.</summary>
[Needs(Right.OwnAccount)]
public sealed class TokenListModel(CrmDb db, CurrentUser user, PersonalTokens tokens, Clock clock) : CrmPage
{
    public const string Path = "/profile/tokens";

    public ListedTokens Tokens { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel) => Tokens = new ListedTokens(Path, await PersonalTokens.ListAsync(db, user.Id, cancel), clock.Now);

    public async Task<IActionResult> OnPostRevokeAsync(int token, CancellationToken cancel)
    {
        if (!await tokens.RevokeAsync(user.Id, token, cancel))
        {
            return NotFound();
        }

        if (WantsFragment)
        {
            Announce("Token revoked");
            return new OkResult();
        }

        Say("The token is revoked. Programs that used it are not let in any more.");
        return LocalRedirect(Path);
    }
}

/// <summary>Tokens as they are listed.</summary>
/// <param name="Url">The page that it stands on, which revokes them.</param>
public sealed record ListedTokens(string Url, IReadOnlyList<PersonalToken> Items, DateTime Now)
{
    public static string Scope(TokenScope scope) => scope == TokenScope.Read ? "Read" : "Read and write";
}
