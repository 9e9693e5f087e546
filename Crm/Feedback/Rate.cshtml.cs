using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Feedback;

/// <summary>Takes a person's rating of a project, changes it, or takes it back.</summary>
[Needs(Right.RateProject)]
public sealed class RateModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    [BindProperty]
    public RatingInput Input { get; set; } = new();

    public Project Project { get; private set; } = null!;

    public RatingsCard Card { get; private set; } = null!;

    [Needs(Right.SeeLists)]
    public IActionResult OnGet(int id) => LocalRedirect($"/projects/{id}/ratings");

    public async Task<IActionResult> OnPostAsync(int id, int? version, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Projects.AsNoTracking().VisibleTo(user).FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } project)
        {
            return NotFound();
        }

        Project = project;
        if (!project.CanBeRatedBy(user))
        {
            return NotAllowed();
        }

        var rating = await db.FindOwnAsync(id, user, cancel);
        if (Error(rating) is { } error)
        {
            return await RefuseAsync(error, cancel);
        }

        if (rating is { DeletedAt: null } && version < rating.Version && (rating.Stars != Input.Number || rating.Comment != Typed.Prose(Input.Comment)))
        {
            var others = $"You changed this rating in another window {clock.Ago(rating.UpdatedAt)}: it gives {rating.Stars} of 5 stars now. Nothing was changed; send it again to replace that.";
            return await RefuseAsync(others, cancel, StatusCodes.Status409Conflict);
        }

        var words = Save(rating);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return await SavedAsync(words, cancel);
    }

    /// <summary>The page that shows the form lists all ratings too, and both must agree.</summary>
    private bool IsBesideTheList => Uri.TryCreate(Request.Headers["HX-Current-URL"], UriKind.Absolute, out var page)
        && page.AbsolutePath.EndsWith("/ratings", StringComparison.Ordinal);

    /// <summary>Words that were written without stars are not thrown away unseen.</summary>
    private string? Error(Rating? rating) => FirstError
        ?? (Input.Number is null && rating is not { DeletedAt: null } && !string.IsNullOrWhiteSpace(Input.Comment) ? "A comment goes with one to five stars. Choose them, or take the comment out." : null);

    /// <returns>What was done.</returns>
    private string Save(Rating? rating)
    {
        switch (rating, Input.Number)
        {
            case (null or { DeletedAt: not null }, null):
                return "No rating given";
            case (_, null):
                rating.Withdraw(clock.Now);
                return "Rating withdrawn";
            case var (_, stars):
                db.Rate(rating, Project.Id, user, stars.Value, Input.Comment, clock.Now);
                return "Rating saved";
        }
    }

    private async Task<IActionResult> SavedAsync(string words, CancellationToken cancel)
    {
        if (!WantsFragment || IsBesideTheList)
        {
            Say($"{words}.");
            return Go($"/projects/{Project.Id}{(IsBesideTheList ? "/ratings" : "#ratings")}");
        }

        Announce(words);
        return Fragment("/Feedback/_Ratings.cshtml", await RatingsCard.LoadAsync(db, Project.Id, canRate: true, user, cancel));
    }

    private async Task<IActionResult> RefuseAsync(string error, CancellationToken cancel, int status = StatusCodes.Status422UnprocessableEntity)
    {
        Card = await RatingsCard.LoadAsync(db, Project.Id, canRate: true, user, cancel) with { Error = error, Sent = Input };
        Response.StatusCode = status;
        return WantsFragment ? Fragment("/Feedback/_Ratings.cshtml", Card) : Page();
    }
}
