using Crm.Accounts;
using Crm.Data;
using Crm.Imports.Trello;
using Crm.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Imports;

/// <summary>
/// Takes a board's file, and lists earlier imports. Checks the form's token by itself, because the framework answers a body
/// that is too large with "bad request".
/// </summary>
[CountsAs(RequestKind.Upload)]
[IgnoreAntiforgeryToken]
[ReadToTheEnd(LargestBody)]
[RequestSizeLimit(LargestSent)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestBody)]
[Needs(Right.TeamWork)]
public sealed class IndexModel(CrmDb db, CurrentUser user, Clock clock, ImportFiles files, IAntiforgery antiforgery) : CrmPage
{
    /// <summary>A file and what is around it in the form.</summary>
    private const int LargestBody = BoardFile.MaxBytes + (1024 * 1024);

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
            var job = await KeepAsync(Upload is { Length: > 0 } ? Upload : throw new ImportRefusedException("Choose a file that is not empty."), cancel);
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
        if (Request.ContentLength > LargestBody)
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

    private async Task<ImportJob> KeepAsync(IFormFile upload, CancellationToken cancel)
    {
        var stored = await files.KeepAsync(upload, cancel);
        try
        {
            var board = await BoardFile.ReadAsync(files.PathOf(stored), cancel);
            var name = KeptText.Line(Path.GetFileName(upload.FileName));
            var job = ImportJob.Of(KeptText.Cut(name.Length == 0 ? "board.json" : name, ImportJob.FileNameLength), stored, ImportPreview.Of(board), user.Id, clock.Now);
            await using var write = await db.BeginWriteAsync(cancel);
            db.Imports.Add(job);
            await db.SaveChangesAsync(cancel);
            await write.CommitAsync(cancel);
            return job;
        }
        catch
        {
            files.Remove(stored);
            throw;
        }
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var number = int.TryParse(At, out var page) && page is > 0 and < 100_000 ? page : 1;
        Earlier = await db.Imports.VisibleTo(db, user).OrderByDescending(j => j.Id).Select(ImportRow.Of).PageAsync(number, PageSize, cancel);
    }
}
