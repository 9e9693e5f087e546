using Crm.Accounts;
using Crm.Web;

namespace Crm.Admin;

/// <summary>Shows a link that has just been made.</summary>
[Needs(Right.RunWorkspace)]
public sealed class LinkModel : CrmPage
{
    public ShownLink? Link { get; private set; }

    public void OnGet() => Link = ShownLink.Take(TempData);
}
