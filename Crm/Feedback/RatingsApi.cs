using System.Globalization;
using Crm.Accounts;
using Crm.Projects;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Feedback;

/// <summary>What the team thinks of its projects, over the API. How one's own is given stands in <see cref="OwnRatingApi"/>.</summary>
public static class RatingsApi
{
    private static readonly Keyset<Rating> Newest = new("newest", Keyset<Rating>.By(r => r.UpdatedAt, isDescending: true)) { IdDescends = true };

    public static void MapRatings(this RouteGroupBuilder api)
    {
        var ratings = api.MapGroup("").WithTags("Ratings");
        ratings.MapGet("/projects/{id:int}/ratings", ListAsync).WithName("listRatings");
        ratings.MapGet("/projects/{id:int}/ratings/summary", SummarizeAsync).WithName("getRatingSummary");
        ratings.MapGet("/ratings/{id:int}", GetAsync).WithName("getRating");
        ratings.MapOwnRating();
    }

    /// <summary>List the ratings of a project</summary>
    /// <remarks>The newest first; for the team alone. Without withdrawn ones.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.SeeProjectInside)]
    internal static async Task<Results<Listed<RatingResource>, Refusal>> ListAsync(int id, [AsParameters] RatingQuery query, [AsParameters] PageQuery page, [AsParameters] Call call)
    {
        if (await RefusalAsync(id, call) is { } refusal)
        {
            return refusal;
        }

        var ratings = call.Db.Ratings.AsNoTracking().Of(id).Where(r => query.Stars == null || r.Stars == query.Stars);
        if (query.Person is { } person)
        {
            var personId = person == "me" ? call.User.Id : int.Parse(person, CultureInfo.InvariantCulture);
            ratings = ratings.Where(r => r.PersonId == personId);
        }

        return new Listed<RatingResource>(await Newest.ReadAsync(ratings, page, some => some.AsResources(), r => r.Id, call.Cancel));
    }

    /// <summary>Sum up the ratings of a project</summary>
    /// <remarks>The average and how many gave how many stars; for the team alone.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.SeeProjectInside)]
    internal static async Task<Results<Tagged<RatingFigures>, Refusal>> SummarizeAsync(int id, [AsParameters] Call call)
    {
        if (await RefusalAsync(id, call) is { } refusal)
        {
            return refusal;
        }

        var summary = await call.Db.Ratings.Of(id).SummarizeAsync(call.Cancel);
        var stars = Enumerable.Range(Rating.MinStars, Rating.MaxStars).Select(number => new StarCount(number, summary.Of(number)));
        return new Tagged<RatingFigures>(new RatingFigures(id, summary.Stars.Average, summary.Count, [.. stars]));
    }

    /// <summary>Get a rating</summary>
    /// <remarks>Of a project that the caller sees; for the team alone.</remarks>
    [Needs(Right.SeeProjectInside)]
    internal static async Task<Results<Tagged<RatingResource>, Refusal>> GetAsync(int id, [AsParameters] Call call)
    {
        var found = await call.Db.Ratings.AsNoTracking().Where(r => r.Id == id).AsResources().FirstOrDefaultAsync(call.Cancel);
        return await RefusalAsync(found?.ProjectId ?? 0, call) is { } refusal ? refusal : new Tagged<RatingResource>(found!, found!.Version);
    }

    /// <summary>Not found without the project, not allowed to clients.</summary>
    private static async Task<Refusal?> RefusalAsync(int projectId, Call call) =>
        Refusal.Of(await call.Db.Projects.AsNoTracking().VisibleTo(call.User).FirstOrDefaultAsync(p => p.Id == projectId, call.Cancel), p => p.ShowsInsideTo(call.User));
}
