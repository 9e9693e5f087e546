using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts.Tokens;

/// <summary>Makes a personal access token.</summary>
[Needs(Right.OwnAccount)]
[AskAgain]
public sealed class NewTokenModel(PersonalTokens tokens) : CrmPage
{
    public static readonly IReadOnlyList<Option> Scopes =
    [
        new(nameof(TokenScope.Read), "Read what you see"),
        new(nameof(TokenScope.Write), "Read, and change what you may change"),
    ];

    public static readonly IReadOnlyList<Option> Terms = [new("7", "7 days"), new("30", "30 days"), new("90", "90 days"), new("365", "A year")];

    [BindProperty]
    public NewToken Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        if (await tokens.MakeAsync(Input, cancel) is not var (token, secret))
        {
            return Invalid("Input.Name", PersonalTokens.TooMany);
        }

        ShownToken.Put(TempData, token.Name, secret);
        return Go("/profile/tokens/made");
    }
}
