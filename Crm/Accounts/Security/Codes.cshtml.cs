using Crm.Web;

namespace Crm.Accounts.Security;

/// <summary>Shows new recovery codes, once.</summary>
[Needs(Right.OwnAccount)]
public sealed class CodesModel : CrmPage
{
    public const string Path = "/profile/security/codes";

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public void OnGet() => Codes = ShownCodes.Take(TempData);
}
