using Crm.Accounts;
using Crm.Data;
using Crm.Imports.Trello;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Imports;

/// <summary>
/// Takes a board's file, and lists earlier imports. Checks the form's token by itself, because the framework answers a body
/// that is too large with "bad request".
/// </summary>
[Cacheable]
[CountsAs(RequestKind.Upload)]
[IgnoreAntiforgeryToken]
[ReadToTheEnd(ImportUpload.LargestBody)]
[RequestSizeLimit(LargestSent)]
[RequestFormLimits(MultipartBodyLengthLimit = ImportUpload.LargestBody)]
[Needs(Right.TeamWork)]
public sealed class IndexModel(CrmDb db, CurrentUser user, ImportUpload upload, IAntiforgery antiforgery) : CrmPage
{
    /// <summary>Up to here a body is taken in, so that the refusal can be read.</summary>
    private const long LargestSent = 2L * 1024 * 1024 * 1024;

    private const int PageSize = 20;

    [BindProperty(Name = "File")]
    public IFormFile? Upload { get; set; }

    [FromQuery(Name = "page")]
    public string? At { get; set; }

    public Page<ImportRow> Earlier { get; private set; } = new([], 1, PageSize, HasNext: false);

    public string? Error { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        try
        {
            await RequireTokenAsync();
            var job = await upload.KeepAsync(Upload, cancel);
            return Go($"/imports/{job.Id}");
        }
        catch (ImportRefusedException refused)
        {
            Error = refused.Message;
            await LoadAsync(cancel);
            return Invalid();
        }
    }

    private async Task RequireTokenAsync()
    {
        if (Request.ContentLength > ImportUpload.LargestBody)
        {
            throw BoardFile.TooLarge(Request.ContentLength.Value);
        }

        try
        {
            await antiforgery.ValidateRequestAsync(HttpContext);
        }
        catch (AntiforgeryValidationException e)
        {
            throw new ImportRefusedException("The upload could not be read, or this page had been open for a long time. Please choose the file once more.", e);
        }
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var number = int.TryParse(At, out var page) && page is > 0 and < 100_000 ? page : 1;
        Earlier = await db.Imports.VisibleTo(db, user).OrderByDescending(j => j.Id).Select(ImportRow.Of).PageAsync(number, PageSize, cancel);
    }
}
