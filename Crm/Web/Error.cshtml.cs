using System.Globalization;
using Crm.Accounts;
using Htmx;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Web;

/// <summary>Says what went wrong and what to do: as a page, or under htmx as a message that leaves the page alone.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
[Needs(Right.Anything)]
public sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public ErrorMessage Message { get; private set; } = ErrorMessage.For(500);

    /// <summary>By which the log names the request.</summary>
    public string RequestId => HttpContext.TraceIdentifier;

    /// <summary>Only the log tells more.</summary>
    public bool IsOurFault => Status == StatusCodes.Status500InternalServerError;

    public IActionResult OnGet() => Show();

    public IActionResult OnPost() => Show();

    private IActionResult Show()
    {
        // Not bound: the form that comes with the request may be the very thing that cannot be read.
        var status = Convert.ToInt32(RouteData.Values["status"], CultureInfo.InvariantCulture);
        if (status is < 400 or > 599)
        {
            return NotFound();
        }

        Response.StatusCode = Status = status;
        Message = Unavailable.Message(status, HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error)
            ?? ErrorMessage.For(status, Response.Headers.RetryAfter);
        Message = HttpContext.Items[ErrorMessage.Key] is string words ? Message with { Advice = words } : Message;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            Response.Headers.RetryAfter = "5";
        }

        if (Request.IsHtmx())
        {
            Response.Htmx(htmx => htmx.Retarget("#flash").Reswap("innerHTML"));
        }

        return Page();
    }
}
