using Crm.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Accounts;

/// <summary>Where an invitation's link leads.</summary>
[AllowAnonymous]
[RequestSizeLimit(AccountLimits.Form)]
[Needs(Right.Anything)]
public sealed class JoinModel(CrmDb db, Passwords passwords, Arrivals arrivals, CurrentUser user, TimeProvider time)
    : ArrivalPage(passwords, time)
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    /// <summary>Null when the link is not good: unknown, used, revoked and old ones look the same.</summary>
    public Invitation? Invitation { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await IsOpenAsync(cancel))
        {
            return Closed();
        }

        Input = new JoinForm { Name = Invitation!.Person?.Name, Email = Invitation.Email };
        return Page();
    }

    protected override async Task<bool> IsOpenAsync(CancellationToken cancel)
    {
        Invitation = await arrivals.FindAsync(Token, cancel);
        return Invitation is not null && (HttpMethods.IsGet(Request.Method) || !user.IsSignedIn);
    }

    protected override IActionResult Closed()
    {
        Response.StatusCode = Invitation is null ? StatusCodes.Status410Gone : StatusCodes.Status409Conflict;
        return Page();
    }

    protected override async Task<IActionResult> EnterAsync(Newcomer newcomer, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await IsOpenAsync(cancel))
        {
            return Closed();
        }

        if (await arrivals.AcceptAsync(Invitation!, newcomer, cancel) is not { } person)
        {
            // The link is used up all the same: it tells of one address at most, and not in words.
            await arrivals.TurnAwayAsync(Invitation, newcomer, cancel);
            await write.CommitAsync(cancel);
            Say(RegisterModel.Welcome);
            return LocalRedirect(SessionCookie.SignInPath);
        }

        await HttpContext.SignInAsync(person, SignInMethod.Arrival);
        await write.CommitAsync(cancel);
        return LocalRedirect("/");
    }
}
