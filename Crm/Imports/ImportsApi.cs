using Crm.Accounts;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports;

/// <summary>Boards that are brought in, over the API.</summary>
public static class ImportsApi
{
    private static readonly Keyset<ImportJob> Newest = Keyset<ImportJob>.ById("newest", isDescending: true);

    public static void MapImports(this RouteGroupBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports");
        imports.MapGet("", ListAsync).WithName("listImports");
        imports.MapPost("", UploadAsync).WithName("createImport").DisableAntiforgery();
        imports.MapGet("/{id:int}", GetAsync).WithName("getImport");
        imports.MapPost("/{id:int}/start", StartAsync).WithName("startImport");
        imports.MapDelete("/{id:int}", DiscardAsync).WithName("discardImport");
    }

    /// <summary>List imports</summary>
    /// <remarks>The newest first; for the team.</remarks>
    [Needs(Right.TeamWork)]
    internal static async Task<Listed<ImportResource>> ListAsync([AsParameters] PageQuery page, [AsParameters] Call call) =>
        new(await Newest.ReadAsync(
            call.Db.Imports.AsNoTracking().VisibleTo(call.Db, call.User),
            page,
            some => some.Select(j => new ImportResource(j.Id, j.FileName, j.State, j.Total, j.Done, j.ProjectId, new PersonName(j.StartedById, j.StartedBy.Name), j.Error, j.CreatedAt, j.EndedAt)),
            j => j.Id,
            call.Cancel));

    /// <summary>Upload a board</summary>
    /// <remarks>A board as Trello exports it, in JSON. It is read and kept, and nothing is made of it until the import is started.</remarks>
    /// <param name="file">At most 50 MB.</param>
    [Needs(Right.TeamWork)]
    [CountsAs(RequestKind.Upload)]
    [RequestSizeLimit(ImportUpload.LargestBody)]
    [RequestFormLimits(MultipartBodyLengthLimit = ImportUpload.LargestBody)]
    internal static async Task<Results<Made<ImportDetails>, Refusal>> UploadAsync(IFormFile file, ImportUpload upload, ImportChoices choices, [AsParameters] Call call)
    {
        try
        {
            var kept = await upload.KeepAsync(file, call.Cancel);
            return new Made<ImportDetails>(await ReadAsync(kept.Id, choices, call), null, $"{ApiRoutes.Prefix}/imports/{kept.Id}");
        }
        catch (ImportRefusedException refused)
        {
            return Refusal.Invalid("file", refused.Message);
        }
    }

    /// <summary>Get an import</summary>
    /// <remarks>With what it will make; once it was started, with how far it is and what it has made.</remarks>
    [Needs(Right.SeeImport)]
    internal static async Task<Results<Tagged<ImportDetails>, Refusal>> GetAsync(int id, ImportChoices choices, [AsParameters] Call call) =>
        await call.Db.Imports.VisibleTo(call.Db, call.User).AnyAsync(j => j.Id == id, call.Cancel) ? new Tagged<ImportDetails>(await ReadAsync(id, choices, call)) : Refusal.NotFound;

    /// <summary>Start an import</summary>
    /// <remarks>It runs in the background: ask for it until its state is <c>done</c> or <c>failed</c>. What was started stays started.</remarks>
    [Needs(Right.RunImport)]
    [CountsAs(RequestKind.Heavy)]
    internal static async Task<Results<Tagged<ImportDetails>, Refusal>> StartAsync(int id, StartImport? input, ImportChoices choices, ImportQueue queue, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var (job, refusal) = await FindAsync(id, call);
        if (refusal is not null)
        {
            return refusal;
        }

        if (job!.State == ImportState.Previewed)
        {
            var plan = await choices.PlanAsync(job, new Dictionary<int, string?>(), call.User, call.Cancel);
            if (await choices.StartAsync(job, (input ?? new StartImport()).ByPlace(plan.People), call.User, call.Cancel) is { } words)
            {
                return Refusal.Invalid("people", words);
            }

            await call.Db.SaveChangesAsync(call.Cancel);
            await write.CommitAsync(call.Cancel);
            queue.Add(id);
        }

        return new Tagged<ImportDetails>(ImportDetails.Of(job, null));
    }

    /// <summary>Discard an import</summary>
    /// <remarks>One that was not started: nothing was brought in.</remarks>
    [Needs(Right.RunImport)]
    internal static async Task<Results<NoContent, Refusal>> DiscardAsync(int id, ImportFiles files, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var (job, refusal) = await FindAsync(id, call);
        if (refusal is not null || job!.State != ImportState.Previewed)
        {
            return refusal ?? Refusal.Conflict("It was started: what it brings in stays. Delete the project if you do not want it.");
        }

        call.Db.Imports.Remove(job);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        files.Remove(job.StoredAs);
        return TypedResults.NoContent();
    }

    private static async Task<(ImportJob? Job, Refusal? Refusal)> FindAsync(int id, Call call)
    {
        var job = await call.Db.Imports.VisibleTo(call.Db, call.User).Include(j => j.StartedBy).FirstOrDefaultAsync(j => j.Id == id, call.Cancel);
        return (job, job is null ? Refusal.NotFound : job.CanBeStartedBy(call.User) ? null : Refusal.NotAllowed);
    }

    private static async Task<ImportDetails> ReadAsync(int id, ImportChoices choices, Call call)
    {
        var job = await call.Db.Imports.AsNoTracking().Include(j => j.StartedBy).FirstAsync(j => j.Id == id, call.Cancel);
        return ImportDetails.Of(job, job.State == ImportState.Previewed ? await choices.PlanAsync(job, new Dictionary<int, string?>(), call.User, call.Cancel) : null);
    }
}
