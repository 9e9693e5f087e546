using System.Diagnostics;
using Htmx;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Web;

/// <summary>Says what went wrong and what to do: as a page, or under htmx as a message that leaves the page alone.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public ErrorMessage Message { get; private set; } = ErrorMessage.For(500);

    public string TraceId => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        Status = status;
        Message = ErrorMessage.For(status);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            Response.Headers.RetryAfter = "5";
        }

        if (Request.IsHtmx())
        {
            Response.Htmx(htmx => htmx.Retarget("#flash").Reswap("innerHTML"));
        }
    }
}
