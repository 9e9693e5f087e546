using Crm.Accounts;
using Crm.Data;
using Crm.Imports.Trello;
using Crm.Web;

namespace Crm.Imports;

/// <summary>Takes a board's file in and reads what it would make. Nothing is made until the import is started.</summary>
public sealed class ImportUpload(CrmDb db, CurrentUser user, Clock clock, ImportFiles files)
{
    /// <summary>A file and what is around it in the form.</summary>
    public const int LargestBody = BoardFile.MaxBytes + (1024 * 1024);

    /// <exception cref="ImportRefusedException">It is no board that can be read.</exception>
    public async Task<ImportJob> KeepAsync(IFormFile? upload, CancellationToken cancel)
    {
        var stored = await files.KeepAsync(upload is { Length: > 0 } ? upload : throw new ImportRefusedException("Choose a file that is not empty."), cancel);
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
}
