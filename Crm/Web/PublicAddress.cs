using Crm.Accounts;
using Crm.Admin;

namespace Crm.Web;

/// <summary>
/// How this installation is reached from outside, for links that leave it. Anybody can claim any host in a request of
/// theirs, so a link for somebody else never begins with what a stranger's request says.
/// </summary>
public sealed class PublicAddress(IConfiguration configuration, WorkspaceCache workspace, CurrentUser user, IHttpContextAccessor http)
{
    private string? Known => configuration["PublicUrl"] is { Length: > 0 } set ? set : workspace.Current.Address;

    /// <summary>As the present request reached this installation.</summary>
    public string Own => http.HttpContext!.Request is var request ? $"{request.Scheme}://{request.Host}" : "";

    /// <returns>Null when nobody who may say so has said how this installation is reached.</returns>
    public string? Link(string path)
    {
        var start = Known ?? (user.IsAdmin ? Own : null);
        return start is null ? null : start.TrimEnd('/') + path;
    }
}
