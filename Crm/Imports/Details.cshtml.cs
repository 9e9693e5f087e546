using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports;

/// <summary>One import: what it will make, then how far it is, then what it has made.</summary>
[Needs(Right.TeamWork)]
[CountsAs(RequestKind.Heavy)]
public sealed class DetailsModel(CrmDb db, CurrentUser user, ImportQueue queue, ImportFiles files, ImportChoices choices) : CrmPage
{
    public ImportJob Job { get; private set; } = null!;

    /// <summary>Only before the start.</summary>
    public ImportPlan? Plan { get; private set; }

    /// <summary>What was chosen, by the place of the person in the preview.</summary>
    [BindProperty(Name = nameof(Become))]
    public Dictionary<int, string?> Become { get; set; } = [];

    [Needs(Right.SeeImport)]
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel) =>
        await FindAsync(id, cancel) ?? await ShowAsync(cancel);

    [Needs(Right.SeeImport)]
    public async Task<IActionResult> OnGetProgressAsync(int id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is { } refusal)
        {
            return refusal;
        }

        if (!WantsFragment)
        {
            return LocalRedirect($"/imports/{id}");
        }

        if (Job.State != ImportState.Running)
        {
            Announce(Job.State == ImportState.Done ? "The import is done." : "The import has failed.");
        }

        return Fragment("/Imports/_Outcome.cshtml", Job);
    }

    [Needs(Right.RunImport)]
    public async Task<IActionResult> OnPostStartAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await FindAsync(id, cancel) is { } refusal)
        {
            return refusal;
        }

        if (!Job.CanBeStartedBy(user))
        {
            return NotAllowed();
        }

        // Pressed twice, or in two windows: it runs once.
        if (Job.State == ImportState.Previewed)
        {
            if (await choices.StartAsync(Job, ModelState.IsValid ? Become : null, user, cancel) is { } words)
            {
                await ShowAsync(cancel);
                return Invalid("", words);
            }

            await db.SaveChangesAsync(cancel);
            await write.CommitAsync(cancel);
            queue.Add(id);
        }

        return Go($"/imports/{id}");
    }

    [Needs(Right.RunImport)]
    public async Task<IActionResult> OnPostDiscardAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await FindAsync(id, cancel) is { } refusal)
        {
            return refusal;
        }

        if (!Job.CanBeStartedBy(user) || Job.State != ImportState.Previewed)
        {
            return Job.State == ImportState.Previewed ? NotAllowed() : StatusCode(StatusCodes.Status409Conflict);
        }

        db.Imports.Remove(Job);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        files.Remove(Job.StoredAs);
        Say($"Discarded “{Job.FileName}”. Nothing was brought in.");
        return Go("/imports");
    }

    private async Task<IActionResult?> FindAsync(int id, CancellationToken cancel)
    {
        var job = await db.Imports.VisibleTo(db, user).Include(j => j.StartedBy).FirstOrDefaultAsync(j => j.Id == id, cancel);
        Job = job!;
        return job is null ? NotFound() : null;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        if (Job.State == ImportState.Previewed)
        {
            Plan = await choices.PlanAsync(Job, Become, user, cancel);
        }

        return Page();
    }
}
