using Crm.Admin;
using Crm.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>The way in for anybody, where the workspace's settings open it.</summary>
[AllowAnonymous]
[RequestSizeLimit(AccountLimits.Form)]
[Needs(Right.Anything)]
public sealed class RegisterModel(CrmDb db, Passwords passwords, Arrivals arrivals, CurrentUser user, TimeProvider time)
    : ArrivalPage(passwords, time)
{
    /// <summary>What everybody reads who is not signed in at once.</summary>
    internal const string Welcome = "Thank you. Sign in with your address and password now.";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await IsOpenAsync(cancel) ? Page() : Closed();

    protected override async Task<bool> IsOpenAsync(CancellationToken cancel) =>
        !user.IsSignedIn && await db.Workspaces.AnyAsync(w => w.Registration == Registration.Open, cancel);

    protected override IActionResult Closed() => user.IsSignedIn ? LocalRedirect("/") : NotFound();

    /// <summary>The answer is the same for an address that has an account already: strangers do not learn who is here.</summary>
    protected override async Task<IActionResult> EnterAsync(Newcomer newcomer, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await IsOpenAsync(cancel))
        {
            return Closed();
        }

        if (await arrivals.RegisterAsync(null, newcomer, Role.Member) is null)
        {
            await arrivals.TurnAwayAsync(null, newcomer, cancel);
        }

        await write.CommitAsync(cancel);
        Say(Welcome);
        return LocalRedirect(SessionCookie.SignInPath);
    }
}
