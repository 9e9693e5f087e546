using System.Globalization;
using Crm.Accounts;
using Crm.Admin;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Crm.Docs;

/// <summary>A page of the documentation, for everybody: it is the text of the public repository.</summary>
[Cacheable]
[AllowAnonymous]
[Needs(Right.Anything)]
public sealed class ReadModel(DocsLibrary docs, CurrentUser user, WorkspaceCache workspace) : CrmPage
{
    // The page around the text may be another one after each start.
    private static readonly string Start = Guid.NewGuid().ToString("N");

    public DocPage Doc { get; private set; } = null!;

    public DocsLibrary Library => docs;

    public DocPage? Previous { get; private set; }

    public DocPage? Next { get; private set; }

    /// <summary>The headings that "On this page" lists.</summary>
    public IEnumerable<DocHeading> Headings => Doc.Headings.Where(h => h.Level is 2 or 3);

    public IActionResult OnGet(string? name)
    {
        if (docs.Find(name) is not { } found)
        {
            return NotFound();
        }

        Doc = found;
        List<DocPage> pages = [.. docs.Pages];
        Previous = pages.ElementAtOrDefault(pages.IndexOf(Doc) - 1);
        Next = pages.ElementAtOrDefault(pages.IndexOf(Doc) + 1);
        return user.IsSignedIn || WantsFragment || !IsKept() ? Page() : StatusCode(StatusCodes.Status304NotModified);
    }

    /// <summary>Strangers all get the same page: whether this one's browser has it already.</summary>
    private bool IsKept()
    {
        var tag = new EntityTagHeaderValue($"\"{Doc.Version}-{Start}-{workspace.Current.Version.ToString(CultureInfo.InvariantCulture)}\"");
        var headers = Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        Response.Headers.Append(HeaderNames.Vary, HeaderNames.Cookie);
        return Request.GetTypedHeaders().IfNoneMatch.Any(kept => kept.Compare(tag, useStrongComparison: false));
    }
}
