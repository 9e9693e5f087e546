using Crm.Accounts;
using Crm.Web.Api;

namespace Crm.Admin.Status;

/// <summary>How the program does, over the API.</summary>
public static class SystemApi
{
    public static void MapSystem(this RouteGroupBuilder api) => api.MapGroup("/system").WithTags("System").MapGet("", GetAsync).WithName("getSystem");

    /// <summary>Get the state of the program</summary>
    /// <remarks>What the page “System” shows: versions, sizes, what waits to be sent, work in the background, and the last slow requests. Whether it is ready is looked at once a second at most.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Tagged<SystemStateResource>> GetAsync(SystemReport report, [AsParameters] Call call) => new(await report.MakeAsync(call.Cancel));
}
