using Crm.Accounts;
using Crm.Data;
using Crm.History;
using Crm.Shared;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Web;

/// <summary>What the pages of every feature say alike.</summary>
public abstract class CrmPage : PageModel
{
    /// <summary>True when htmx asks for a fragment; false for whole pages.</summary>
    protected bool WantsFragment => Request.IsHtmx();

    /// <summary>A page is never drawn for a method that it has no handler for: nothing would be loaded.</summary>
    // Its name begins like a handler's.
    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is null && context.ActionDescriptor.HandlerMethods.Count > 0)
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        }
    }

    /// <summary>Seen, but not allowed.</summary>
    protected static StatusCodeResult NotAllowed() => new(StatusCodes.Status403Forbidden);

    /// <summary>Says in words why nothing was done: in the message of a page that htmx holds, or on a page of its own.</summary>
    protected StatusCodeResult Refuse(int status, string words)
    {
        HttpContext.Items[ErrorMessage.Key] = words;
        return new StatusCodeResult(status);
    }

    /// <summary>There is none; where it was deleted while somebody worked on it, with who did that and when.</summary>
    protected async Task<IActionResult> GoneAsync<T>(CrmDb db, int id, CancellationToken cancel)
    {
        var services = HttpContext.RequestServices;
        var deletions = new Deletions(db, services.GetRequiredService<CurrentUser>(), services.GetRequiredService<Clock>());
        return await deletions.SayAsync(typeof(T).Name, id, cancel) is { } words ? Refuse(StatusCodes.Status404NotFound, words) : NotFound();
    }

    /// <summary>The same page with what the person typed and what is wrong with it.</summary>
    protected PageResult Invalid(string? field = null, string? error = null)
    {
        if (error is not null)
        {
            ModelState.AddModelError(field ?? "", error);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>A fragment of this page that shows a mistake.</summary>
    protected PartialViewResult InvalidFragment(string name, object model)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Fragment(name, model);
    }

    /// <summary>Says why something was not done, and leaves the page as it is.</summary>
    protected IActionResult Decline(string words)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        if (!WantsFragment)
        {
            return new StatusCodeResult(StatusCodes.Status422UnprocessableEntity);
        }

        Response.Htmx(htmx => htmx.Retarget("#flash").Reswap("innerHTML"));
        return Fragment("_FlashMessage", new FlashMessage(words, null, "bad"));
    }

    protected PartialViewResult Fragment(string name, object model) => Partial(name, model);

    /// <summary>Has the page's live region say something, after a swap that only the eye could notice.</summary>
    protected void Announce(string words) => Response.Htmx(htmx => htmx.WithTrigger("announce", new { words }));

    /// <summary>Shows a message on the next page, with a button that takes back what was done.</summary>
    protected void Say(string words, string? undoUrl = null)
    {
        TempData[Flash.Words] = words;
        TempData[Flash.Undo] = undoUrl;
    }

    /// <summary>The whole next page, whether htmx or the browser itself asked.</summary>
    protected IActionResult Go(string url)
    {
        if (!WantsFragment)
        {
            return LocalRedirect(url);
        }

        Response.Htmx(htmx => htmx.Redirect(url));
        return new EmptyResult();
    }

    protected string? FirstError => ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage).FirstOrDefault();
}

/// <summary>Keys of the message that the next page shows.</summary>
public static class Flash
{
    /// <summary>Carries it to the next page. Whoever reads messages without need has the browser throw away a cookie that it does not have.</summary>
    public const string Cookie = "crm-flash";

    public const string Words = "flash.words";
    public const string Undo = "flash.undo";
}
